/**
 * One request at a time, each target in its turn, over one kept connection a target: what a quiet server adds.
 *
 * Takes a job as JSON on stdin, prints the figures of each target as JSON.
 */
import { Agent, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import type { LoadRequest, TurnsFigures, TurnsJob } from '../load.ts';

const job = JSON.parse(await text(process.stdin)) as TurnsJob;

const targets = job.targets.map((target) => ({
  ...target,
  agent: new Agent({ keepAlive: true, maxSockets: 1 }),
  latencies: [] as number[],
  errors: 0,
  firstError: '',
}));

const rounds = Math.min(...targets.map(({ requests }) => requests.length));
for (let round = 0; round < rounds; round += 1) {
  for (const target of targets) {
    const startedAt = performance.now();
    const answer = await ask(target.origin, target.agent, target.requests[round]!);
    const ms = performance.now() - startedAt;
    const isGood = answer.includes(target.expect) && !answer.includes('"errors"');
    if (!isGood) {
      target.errors += 1;
      target.firstError ||= answer.toString().slice(0, 600);
    }
    if (round >= job.warmup) target.latencies.push(ms);
  }
}

const figures = targets.map(({ latencies, errors, firstError }): TurnsFigures => {
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!;
  return { p50: at(0.5), p99: at(0.99), errors, ...(firstError ? { firstError } : {}) };
});
process.stdout.write(JSON.stringify(figures), () => process.exit(0));

function ask(origin: string, agent: Agent, { method, path, body, contentType }: LoadRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const outgoing = send(new URL(path, origin), { method, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    if (body !== undefined) {
      outgoing.setHeader('content-type', contentType ?? 'application/json');
      outgoing.setHeader('content-length', Buffer.byteLength(body));
    }
    outgoing.end(body);
  });
}
