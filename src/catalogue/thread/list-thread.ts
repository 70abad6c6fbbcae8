/**
 * The list thread: it reads long lists and makes their indexes, so that the serving thread does not have to
 * (docs/decisions/0016). It serves all panels, one list after another. It starts when it is needed, and again after it has
 * died; a list that exhausts its memory costs only itself.
 */
import { Worker } from 'node:worker_threads';
import type { Service } from '../../domain/service.ts';
import type { LongList, LongListReader, LongListReading } from '../../providers/lists/long-list.ts';
import { shareTexts } from '../lists/shared-texts.ts';
import type { IndexData, ListColumns } from '../search/list-index.ts';
import type { Indexer } from '../search/list-indexes.ts';
import { unpack } from './packed.ts';
import type { ThreadAnswer, ThreadTask } from './thread-messages.ts';

export interface ListThreadOptions {
  /** Called with the reason when the thread has died. */
  readonly log?: (message: string, cause: unknown) => void;
  /** How much memory it may use, in MB. Default 512. */
  readonly memoryMb?: number;
  /** How long one list may take, in ms. Default 120,000: the longest lists take ten seconds of a free processor. */
  readonly timeoutMs?: number;
  /** How long the thread is kept when it has nothing to do, in ms. Default 10,000. */
  readonly idleMs?: number;
}

const DEFAULT_MEMORY_MB = 512;
const DEFAULT_TIMEOUT_MS = 120_000;
const DEFAULT_IDLE_MS = 10_000;
const YOUNG_MEMORY_MB = 32;

/** The thread has died over a list, or is closed. */
class ListThreadError extends Error {}

export class ListThread implements LongListReader, Indexer {
  readonly #memoryMb: number;
  readonly #timeoutMs: number;
  readonly #idleMs: number;
  readonly #log: NonNullable<ListThreadOptions['log']>;
  #worker: Worker | null = null;
  /** Resolves at the end of the work that was handed over last. */
  #last: Promise<unknown> = Promise.resolve();
  #idleTimer: NodeJS.Timeout | undefined;
  #job: PromiseWithResolvers<ThreadAnswer> | null = null;
  #isClosed = false;

  constructor(options: ListThreadOptions = {}) {
    const { memoryMb, timeoutMs, idleMs, log } = options;
    this.#memoryMb = memoryMb ?? DEFAULT_MEMORY_MB;
    this.#timeoutMs = timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#log = log ?? (() => {});
    this.#idleMs = idleMs ?? DEFAULT_IDLE_MS;
  }

  async read(list: LongList): Promise<LongListReading> {
    try {
      const answer = await this.#run((worker) => post(worker, { kind: 'read', list }, [list.bytes]));
      if (answer.kind === 'no-list') return answer.reading;
      if (answer.kind !== 'list') throw new ListThreadError('The thread has answered something else.');
      const services = await unpack<Service>(answer.services);
      await shareTexts(services);
      return { kind: 'found', list: { services, skippedCount: answer.skippedCount } };
    } catch (error) {
      if (!(error instanceof ListThreadError)) throw error;
      return { kind: 'unreadable', why: error.message };
    }
  }

  /** @throws Error where the thread dies meanwhile */
  async index(parts: AsyncIterable<ListColumns>): Promise<IndexData> {
    const answer = await this.#run(async (worker) => {
      for await (const columns of parts) post(worker, { kind: 'columns', columns });
      post(worker, { kind: 'index' });
    });
    if (answer.kind !== 'index') throw new ListThreadError('The thread has answered something else.');
    const { texts, data } = answer;
    return {
      names: await unpack(texts.names),
      numbers: await unpack(texts.numbers),
      categories: await unpack(texts.categories),
      ...data,
    };
  }

  /** Ends the thread. A list that it is reading counts as unreadable. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#idleTimer);
    await this.#worker?.terminate();
  }

  /** Hands over one piece of work when the one before is done, and gives its answer. */
  #run(handOver: (worker: Worker) => void | Promise<void>): Promise<ThreadAnswer> {
    const done = this.#last.then(() => this.#answerOf(handOver));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #answerOf(handOver: (worker: Worker) => void | Promise<void>): Promise<ThreadAnswer> {
    if (this.#isClosed) throw new ListThreadError('the gateway is closing');
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const job = Promise.withResolvers<ThreadAnswer>();
    this.#job = job;
    clearTimeout(this.#idleTimer);
    const timer = setTimeout(() => this.#giveUp(worker), this.#timeoutMs);
    // The thread keeps the process alive only while it works.
    worker.ref();
    try {
      await Promise.race([handOver(worker), job.promise]);
      return await job.promise;
    } catch (error) {
      // Its part of this list must not become part of the next one.
      if (this.#worker === worker) this.#dismiss();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#job = null;
      // `close` waits for the thread's end.
      if (!this.#isClosed) worker.unref();
      // An idle thread would keep the memory of its last list. Starting a new one takes some 200 ms.
      this.#idleTimer = setTimeout(() => this.#dismiss(), this.#idleMs).unref();
    }
  }

  #start(): Worker {
    const worker = new Worker(WORKER, {
      resourceLimits: { maxOldGenerationSizeMb: this.#memoryMb, maxYoungGenerationSizeMb: YOUNG_MEMORY_MB },
      // The process may have options that no thread accepts.
      execArgv: [],
    });
    worker.on('message', (answer: ThreadAnswer) => this.#job?.resolve(answer));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#log('The thread that reads lists of services has died; the next list starts another.', error);
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#ended(worker, isMemory ? `it takes more than ${this.#memoryMb} MB of memory` : 'its reader has failed');
    });
    worker.on('exit', () => this.#ended(worker, 'its reader has been ended'));
    return worker;
  }

  #dismiss(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }

  #giveUp(worker: Worker): void {
    this.#ended(worker, `it takes more than ${this.#timeoutMs / 1000} seconds to read`);
    void worker.terminate();
  }

  #ended(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#job?.reject(new ListThreadError(why));
  }
}

/** A checkout runs its sources; the package that npm installs is compiled. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './list-worker.ts' : './list-worker.js', import.meta.url);

function post(worker: Worker, task: ThreadTask, blocks: readonly ArrayBuffer[] = []): void {
  worker.postMessage(task, blocks);
}
