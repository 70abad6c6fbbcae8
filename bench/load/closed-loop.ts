/**
 * Load by autocannon: so many connections, each asking again as soon as it is answered.
 *
 * Takes a job as JSON on stdin. Says `open` on stdout when the warm-up is over, waits a moment, and at the end prints
 * its figures as JSON. Only what is answered between the two counts.
 */
import { text } from 'node:stream/consumers';
import autocannon from 'autocannon';
import type { LoadFigures, LoadJob } from '../load.ts';

const REQUESTS_A_CONNECTION = 120;

const job = JSON.parse(await text(process.stdin)) as LoadJob;
const expected = Buffer.from(job.expect);
const random = createRandom(job.seed);

const latencies: number[] = [];
let isOpen = false;
let errors = 0;
let firstError = '';
let openedAt = 0;

const requests = job.requests.map(({ method, path, body }) => ({
  method,
  path,
  ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/json' } }),
}));

const share = Math.floor(requests.length / job.connections);
let clients = 0;

function drawRequests(): object[] {
  const client = clients;
  clients += 1;
  if (job.draw === 'own-share') return requests.slice(client * share, (client + 1) * share);
  return Array.from({ length: Math.min(REQUESTS_A_CONNECTION, requests.length) }, () => ({
    ...requests[Math.floor(random() * requests.length)],
  }));
}

function setupClient(client: autocannon.Client): void {
  client.setRequests(drawRequests());
  // A small answer comes in one piece; of a larger one the expected text stands in the first.
  let isGood = false;
  client.on('body', (body: Buffer) => {
    isGood ||= body.includes(expected) && !body.includes('"errors"');
    if (!isGood) firstError ||= body.toString().slice(0, 600);
  });
  client.on('response', (status: number, _bytes: number, ms: number) => {
    if (isOpen) {
      latencies.push(ms);
      if (status !== 200 || !isGood) errors += 1;
    }
    isGood = false;
  });
}

const instance = autocannon({
  url: job.origin,
  connections: job.connections,
  duration: job.warmupSeconds + job.seconds + 5,
  timeout: 60,
  setupClient,
});
instance.on('reqError', () => {
  if (isOpen) errors += 1;
});

await new Promise((resolve) => setTimeout(resolve, job.warmupSeconds * 1000));
console.log('open');
isOpen = true;
openedAt = performance.now();
await new Promise((resolve) => setTimeout(resolve, job.seconds * 1000));
isOpen = false;
const seconds = (performance.now() - openedAt) / 1000;

latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]!;
const figures: LoadFigures = {
  perSecond: (latencies.length - errors) / seconds,
  answered: latencies.length,
  errors,
  ...(firstError ? { firstError } : {}),
  p50: at(0.5),
  p99: at(0.99),
};
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));

/** Mulberry32: the same ids in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
