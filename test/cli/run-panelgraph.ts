import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/panelgraph.js', import.meta.url));

export interface RunOptions {
  /** Added to an environment that names no configuration. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Flags of Node itself. */
  readonly nodeFlags?: readonly string[];
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `panelgraph` to its end. */
export async function runPanelgraph(args: readonly string[], options?: RunOptions): Promise<Ended> {
  return startPanelgraph(args, options).ended;
}

export interface Running extends AsyncDisposable {
  readonly ended: Promise<Ended>;
  /** Standard output once it holds `text`; rejects if the process ends before. */
  untilPrinted(text: string): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts `panelgraph`; what still runs in the end is killed. */
export function startPanelgraph(args: readonly string[], { env, cwd, nodeFlags = [] }: RunOptions = {}): Running {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  const child = spawn(process.execPath, [...nodeFlags, BIN, ...args], {
    cwd,
    env: { PATH, NODE_COMPILE_CACHE, ...env },
  });
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const ended = once(child, 'close').then(([code]) => ({ code, stdout: stdout.text, stderr: stderr.text }));
  return {
    ended,
    async untilPrinted(text) {
      while (!stdout.text.includes(text)) {
        const hasEnded = await Promise.race([ended.then(() => true), once(child.stdout, 'data').then(() => false)]);
        if (hasEnded && !stdout.text.includes(text)) throw new Error(`ended without printing it: ${stderr.text}`);
      }
      return stdout.text;
    },
    kill: (signal) => child.kill(signal),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function collect(child: ChildProcess, name: 'stdout' | 'stderr'): { text: string } {
  const collected = { text: '' };
  child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
    collected.text += chunk;
  });
  return collected;
}
