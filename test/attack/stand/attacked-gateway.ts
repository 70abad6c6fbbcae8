/** The gateway under attack: a process of its own with a small heap, started from any checkout. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface GatewayOptions {
  /** The folder of the sources. */
  readonly checkout: string;
  readonly configFile: string;
  readonly heapMb: number;
}

export class AttackedGateway implements AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #lastWords: readonly string[];

  private constructor(child: ChildProcess, url: string, lastWords: readonly string[]) {
    this.#child = child;
    this.#closed = once(child, 'close');
    this.#lastWords = lastWords;
    this.url = url;
    this.pid = child.pid!;
  }

  static async start({ checkout, configFile, heapMb }: GatewayOptions): Promise<AttackedGateway> {
    const bin = join(checkout, 'bin', 'panelgraph.js');
    const args = [`--max-old-space-size=${heapMb}`, bin, 'serve', '--config', configFile, '--log-level', 'error'];
    const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
    const child = spawn(process.execPath, args, { cwd: checkout, env: { PATH, NODE_COMPILE_CACHE } });
    const lastWords: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => {
      lastWords.push(line);
      if (lastWords.length > 200) lastWords.shift();
    });
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const ready = /^Panelgraph is ready: (\S+)\/graphql$/.exec(line)?.[1];
        if (ready !== undefined) resolve(ready);
      });
      child.once('exit', () => reject(new Error(`The gateway did not start:\n${lastWords.join('\n')}`)));
    });
    return new AttackedGateway(child, url, lastWords);
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** What it has logged of unexpected errors since it was last asked. */
  takeLogged(): string[] {
    return (this.#lastWords as string[]).splice(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.isAlive) this.#child.kill('SIGKILL');
    await this.#closed;
  }
}
