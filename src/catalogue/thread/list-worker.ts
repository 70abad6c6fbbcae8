/** Runs in the list thread: reads and indexes one list after another, as list-thread.ts hands them over. */
import { parentPort, type Transferable } from 'node:worker_threads';
import type { LongList } from '../../providers/lists/long-list.ts';
import { readLongList } from '../../providers/lists/read-long-list.ts';
import { appendColumns, emptyColumns, makeIndex } from '../search/list-index.ts';
import { type Packed, pack } from './packed.ts';
import type { ThreadAnswer, ThreadTask } from './thread-messages.ts';

let columns = emptyColumns();

parentPort?.on('message', (task: ThreadTask) => {
  switch (task.kind) {
    case 'read':
      return answerList(task.list);
    case 'columns':
      return appendColumns(columns, task.columns);
    case 'index':
      return answerIndex();
    default:
      return task satisfies never;
  }
});

function answerList(list: LongList): void {
  const reading = readLongList(list);
  if (reading.kind === 'found') {
    const services = pack(reading.list.services);
    answer({ kind: 'list', services, skippedCount: reading.list.skippedCount }, [services.bytes]);
  } else answer({ kind: 'no-list', reading }, []);
}

function answerIndex(): void {
  const { categoryOf, ranks, ...lists } = makeIndex(columns);
  columns = emptyColumns();
  const texts = { names: pack(lists.names), numbers: pack(lists.numbers), categories: pack(lists.categories) };
  const blocks = [categoryOf, ...Object.values(ranks)].map(({ buffer }) => buffer);
  const packed = Object.values(texts).map(({ bytes }: Packed) => bytes);
  answer({ kind: 'index', texts, data: { categoryOf, ranks } }, [...blocks, ...packed]);
}

function answer(message: ThreadAnswer, blocks: readonly Transferable[]): void {
  parentPort?.postMessage(message, blocks);
}
