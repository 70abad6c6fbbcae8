/** Starts test/storage/hold-ledger.ts and waits until it has recorded its placements. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ChildGateway {
  /** The id of a placement that it has recorded and not sent. */
  readonly waiting: string;
  /** The id of one that it has marked as sent. */
  readonly sent: string;
  readonly process: ChildProcess;
  /** As an out-of-memory killer does; resolves when it is gone. */
  kill(): Promise<void>;
}

export async function startChildGateway(url: string): Promise<ChildGateway> {
  const script = fileURLToPath(new URL('./hold-ledger.ts', import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const exited = once(child, 'exit');
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line').then(([text]) => String(text)),
    exited.then(() => {
      throw new Error(`The child gateway ended: ${complaint}`);
    }),
  ]);
  const ids = JSON.parse(line) as { waiting: string; sent: string };
  return {
    ...ids,
    process: child,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
