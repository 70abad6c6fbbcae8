import { expect, onTestFinished, test } from 'vitest';
import { emptyColumns, type ListColumns, makeIndex } from '../../../src/catalogue/search/list-index.ts';
import { ListThread, type ListThreadOptions } from '../../../src/catalogue/thread/list-thread.ts';
import { generateServices } from '../support/samples.ts';

function startThread(options: ListThreadOptions = {}): ListThread {
  const thread = new ListThread(options);
  onTestFinished(() => thread.close());
  return thread;
}

function longList(value: unknown, panel = 'acme') {
  const bytes = new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value)).buffer;
  return { bytes, key: 'secret-0123456789', dialect: 'standard', refusals: {}, panel, at: 0, httpStatus: 200 };
}

const entries = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    service: at,
    name: `N ${at}`,
    category: 'C',
    rate: '1.10',
    min: 1,
    max: 9,
  }));
/** Needs far more memory than it has bytes. */
const swelling = `[${'"x",'.repeat(200_000)}${JSON.stringify(entries(1)[0])}]`;

test('a list is read as it is written, each panel its own', async () => {
  const thread = startThread();
  const [one, two] = await Promise.all([
    thread.read(longList(entries(3_000), 'one')),
    thread.read(longList(entries(2), 'two')),
  ]);
  if (one.kind !== 'found' || two.kind !== 'found') throw new Error('Not read.');
  expect(one.list.services).toHaveLength(3_000);
  expect(one.list.services[2_999]).toMatchObject({ panel: 'one', number: '2999', name: 'N 2999', rate: '1.10' });
  expect(two.list).toMatchObject({ services: [{ panel: 'two' }, { panel: 'two' }], skippedCount: 0 });
});

test('what is no list is told apart', async () => {
  const thread = startThread();
  expect(await thread.read(longList({ error: 'Invalid API key' }))).toMatchObject({
    kind: 'refused',
    refusal: { code: 'INVALID_KEY' },
  });
  expect(await thread.read(longList('<html>'))).toEqual({ kind: 'unreadable', why: 'it is no whole JSON' });
});

test('a list that exhausts the memory is unreadable, and the next one is read', async () => {
  const logged: string[] = [];
  const thread = startThread({ memoryMb: 16, log: (message) => logged.push(message) });
  const both = [thread.read(longList(swelling)), thread.read(longList(entries(5)))];
  expect(await both[0]).toEqual({ kind: 'unreadable', why: 'it takes more than 16 MB of memory' });
  expect(await both[1]).toMatchObject({ kind: 'found' });
  expect(logged).toEqual(['The thread that reads lists of services has died; the next list starts another.']);
});

test('a list that takes too long is unreadable, and the next one is read', async () => {
  const thread = startThread({ timeoutMs: 1 });
  expect(await thread.read(longList(entries(50_000)))).toEqual({
    kind: 'unreadable',
    why: 'it takes more than 0.001 seconds to read',
  });
});

test('a thread that has ended for want of work starts again', async () => {
  const thread = startThread({ idleMs: 0 });
  expect(await thread.read(longList(entries(1)))).toMatchObject({ kind: 'found' });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await thread.read(longList(entries(1)))).toMatchObject({ kind: 'found' });
});

test('a closed thread reads nothing', async () => {
  const thread = startThread();
  await thread.close();
  expect(await thread.read(longList(entries(1)))).toEqual({ kind: 'unreadable', why: 'the gateway is closing' });
});

async function* brokenOff<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const part of parts) {
    yield part;
    throw new Error('broken off');
  }
}

test('an index is what is made on the spot', async () => {
  const columns: ListColumns = emptyColumns();
  for (const { name, category, number, rate, min, max } of generateServices('acme', 2_000)) {
    columns.names.push(name);
    columns.categories.push(category);
    columns.numbers.push(number);
    columns.rates.push(rate);
    columns.mins.push(min);
    columns.maxes.push(max);
  }
  async function* parts() {
    yield Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.slice(0, 700)])) as never;
    yield Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.slice(700)])) as never;
  }
  const thread = startThread();
  expect(await thread.index(parts())).toEqual(makeIndex(columns));
  await expect(thread.index(brokenOff(parts()))).rejects.toThrow('broken off');
  expect(await thread.index(parts())).toEqual(makeIndex(columns));
});
