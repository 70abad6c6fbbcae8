/** A place for one gateway process, as a supervisor keeps it: killed, it is started again. */
import { type Ended, type Running, startPanelgraph } from '../cli/run-panelgraph.ts';

export class GatewaySlot implements AsyncDisposable {
  readonly #configFile: string;
  #process: Running | null = null;
  #url: string | null = null;
  #ready: Promise<void> = Promise.resolve();
  /** What the processes have logged as errors, one line each. */
  readonly logged: string[] = [];

  constructor(configFile: string) {
    this.#configFile = configFile;
  }

  /** Its GraphQL address; null while it does not serve. */
  get url(): string | null {
    return this.#url;
  }

  /** Resolves when the process that was last started serves. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  start(): void {
    const started = startPanelgraph(['serve', '--config', this.#configFile, '--log-level', 'error']);
    this.#process = started;
    this.#ready = (async () => {
      const printed = await started.untilPrinted("}'\n");
      const url = /^Panelgraph is ready: (\S+)$/m.exec(printed)?.[1];
      if (url === undefined) throw new Error(`The gateway printed no address: ${printed}`);
      if (this.#process === started) this.#url = url;
    })();
    // Whoever waits for it is told; one that is killed while it starts is waited for by nobody.
    this.#ready.catch(() => undefined);
    void started.ended.then((ended) => this.#note(ended));
  }

  /** As an out-of-memory killer does; resolves when it is gone. */
  async kill(): Promise<void> {
    const killed = this.#process;
    this.#url = null;
    this.#process = null;
    killed?.kill('SIGKILL');
    await killed?.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  #note({ stderr }: Ended): void {
    this.logged.push(...stderr.split('\n').filter((line) => line.trim() !== ''));
  }
}
