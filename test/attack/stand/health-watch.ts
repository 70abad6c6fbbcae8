/** How long others wait for the gateway while it is attacked. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export class HealthWatch implements AsyncDisposable {
  readonly #worker: Worker;

  constructor(url: string, everyMs = 5) {
    this.#worker = new Worker(new URL('./health-watcher.ts', import.meta.url), { workerData: { url, everyMs } });
  }

  /** Begins anew; resolves with the next answer. False where none comes within the time. */
  async reset(patienceMs: number): Promise<boolean> {
    return (await this.#ask('reset', patienceMs)) !== null;
  }

  /** The longest wait since the last reset in ms; null where the gateway answers nobody any more. */
  longestMs(patienceMs: number): Promise<number | null> {
    return this.#ask('read', patienceMs);
  }

  async #ask(message: 'reset' | 'read', patienceMs: number): Promise<number | null> {
    this.#worker.postMessage(message);
    try {
      const [answer] = await once(this.#worker, 'message', { signal: AbortSignal.timeout(patienceMs) });
      return answer as number;
    } catch {
      return null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }
}
