/** A process of the measurement: started, waited for until it says that it is ready, and ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Child extends AsyncDisposable {
  readonly pid: number;
  /** What the pattern caught in the line that said ready. */
  readonly ready: string;
  /** Ends it and waits until it has gone. May be called twice. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  readonly name: string;
  /** Arguments of this Node. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** The line on stdout (or stderr) that says ready; its first group is kept. */
  readonly readyPattern: RegExp;
}

const READY_WITHIN_MS = 60_000;
const GONE_WITHIN_MS = 10_000;

/** @throws Error with the last words of a process that ends or stays silent instead of getting ready */
export async function startChild({ name, args, env, cwd, readyPattern }: ChildOptions): Promise<Child> {
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const lastWords: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const fail = (what: string): void => reject(new Error(`${name} ${what}:\n${lastWords.join('\n')}`));
  const timer = setTimeout(() => fail('did not get ready'), READY_WITHIN_MS);
  const read = (line: string): void => {
    const match = readyPattern.exec(line);
    if (match) resolve(match[1] ?? '');
    lastWords.push(line);
    if (lastWords.length > 30) lastWords.shift();
  };
  createInterface({ input: child.stdout }).on('line', read);
  createInterface({ input: child.stderr }).on('line', read);
  child.once('error', reject);
  void gone.then(() => fail(`ended with ${child.exitCode ?? child.signalCode}`));
  let ready: string;
  try {
    ready = await promise;
  } catch (error) {
    await end(child, gone);
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return {
    pid: child.pid!,
    ready,
    stop: () => end(child, gone),
    [Symbol.asyncDispose]: () => end(child, gone),
  };
}

async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GONE_WITHIN_MS);
  await gone;
  clearTimeout(timer);
}
