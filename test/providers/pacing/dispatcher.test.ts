import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type CallSlot,
  DispatcherClosedError,
  type Priority,
  QueueFullError,
} from '../../../src/providers/pacing/call-slot.ts';
import { Dispatcher, type DispatcherOptions } from '../../../src/providers/pacing/dispatcher.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const FAR = 10_000_000_000_000;

function createDispatcher(options: Partial<DispatcherOptions> = {}): Dispatcher {
  return new Dispatcher({ concurrency: 4, ...options, clock: { now: () => Date.now() } });
}

interface Ask {
  readonly priority?: Priority;
  readonly isAdd?: boolean;
  readonly deadlineAt?: number;
}

/** Asks for leave and notes when it came; ends it where `lastsMs` is given. */
function ask(dispatcher: Dispatcher, options: Ask = {}, lastsMs?: number) {
  const asked: { at: number | null; slot: CallSlot | null; error: unknown } = { at: null, slot: null, error: null };
  dispatcher.acquire({ priority: 'lookup', deadlineAt: FAR, ...options }).then(
    (slot) => {
      asked.at = Date.now();
      asked.slot = slot;
      if (lastsMs !== undefined) setTimeout(() => slot.release(), lastsMs);
    },
    (error: unknown) => {
      asked.error = error;
    },
  );
  return asked;
}

const settled = () => vi.advanceTimersByTimeAsync(0);

describe('the pace', () => {
  it.each([1, 10, 97, 400])(
    'lets %i calls a second go, within a few percent over many calls, and never more',
    async (rate) => {
      const dispatcher = createDispatcher({ concurrency: 100, requestsPerSecond: rate });
      const calls = Array.from({ length: rate * 20 }, () => ask(dispatcher, {}, 1));
      const start = Date.now();
      await vi.advanceTimersByTimeAsync(30_000);
      const times = calls.map(({ at }) => (at ?? FAR) - start);
      expect(times.at(-1)).toBeGreaterThanOrEqual(20_000 * (1 - 1 / calls.length));
      expect(times.at(-1)).toBeLessThan(20_000 * 1.05);
      for (const [index, at] of times.entries()) {
        const inSecond = times.slice(index).findIndex((each) => each - at >= 1000);
        if (inSecond >= 0) expect(inSecond).toBeLessThanOrEqual(rate + 1);
      }
    },
  );

  it('saves up no burst while nobody calls', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 10 });
    await vi.advanceTimersByTimeAsync(60_000);
    const calls = Array.from({ length: 3 }, () => ask(dispatcher));
    await settled();
    expect(calls.filter(({ at }) => at !== null)).toHaveLength(1);
  });

  it('counts from when a call went out, where its connection had to be made', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 10 });
    const begun = Date.now();
    const calls = Array.from({ length: 3 }, () => ask(dispatcher));
    await vi.advanceTimersByTimeAsync(80);
    dispatcher.departed(begun);
    await vi.advanceTimersByTimeAsync(1000);
    const [first, second, third] = calls.map(({ at }) => at! - begun);
    expect(first).toBe(0);
    // But for what a late timer may make good.
    expect(second! - 80).toBeGreaterThanOrEqual(83);
    expect(third! - second!).toBeGreaterThanOrEqual(80);
  });

  it('is not changed by a call that went out at once', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 10 });
    const begun = Date.now();
    const calls = [ask(dispatcher), ask(dispatcher)];
    await settled();
    dispatcher.departed(begun);
    await vi.advanceTimersByTimeAsync(1000);
    expect(calls[1]!.at! - begun).toBe(103);
  });

  it('paces adds on their own, and lets other calls pass them', async () => {
    const dispatcher = createDispatcher({ concurrency: 10, addsPerSecond: 1 });
    const adds = Array.from({ length: 3 }, () => ask(dispatcher, { priority: 'spending', isAdd: true }));
    const lookup = ask(dispatcher);
    const cancel = ask(dispatcher, { priority: 'spending' });
    const start = Date.now();
    await vi.advanceTimersByTimeAsync(5000);
    expect(adds.map(({ at }) => Math.round(((at ?? FAR) - start) / 100) / 10)).toEqual([0, 1, 2.1]);
    expect([lookup.at, cancel.at]).toEqual([start, start]);
  });

  it('learns a limit of adds from a refused add, and slows nothing else', async () => {
    const dispatcher = createDispatcher({ concurrency: 10 });
    const adds = Array.from({ length: 2 }, () => ask(dispatcher, { priority: 'spending', isAdd: true }, 1));
    const sentAt = Date.now();
    await vi.advanceTimersByTimeAsync(10);
    expect(adds.every(({ at }) => at === sentAt)).toBe(true);
    dispatcher.refusedByPanel({ isAdd: true, sentAt, retryAfterMs: null });
    expect(dispatcher.waitMs('lookup')).toBe(0);
    expect(dispatcher.waitMs('spending')).toBe(0);
    expect(dispatcher.waitMs('spending', true)).toBeGreaterThan(900);
  });

  it('gives the place of a call that was not made to the next one', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 1, addsPerSecond: 0.5 });
    const first = ask(dispatcher, { priority: 'spending', isAdd: true });
    await settled();
    expect(dispatcher.waitMs('lookup')).toBeGreaterThan(900);
    first.slot?.giveBack();
    expect(dispatcher.waitMs('lookup')).toBe(0);
    expect(dispatcher.waitMs('spending', true)).toBe(0);
  });

  it('keeps later calls apart where an earlier one was not made', async () => {
    const dispatcher = createDispatcher({ addsPerSecond: 1 });
    const early = ask(dispatcher, { priority: 'spending', isAdd: true });
    ask(dispatcher, { priority: 'spending', isAdd: true });
    await vi.advanceTimersByTimeAsync(1500);
    early.slot?.giveBack();
    expect(dispatcher.waitMs('spending', true)).toBeGreaterThan(500);
  });

  it('lets the same number go however often a leave is ended', async () => {
    const dispatcher = createDispatcher({ concurrency: 2 });
    const first = ask(dispatcher);
    await settled();
    first.slot?.release();
    first.slot?.giveBack();
    first.slot?.release();
    const calls = Array.from({ length: 3 }, () => ask(dispatcher));
    await settled();
    expect(calls.filter(({ at }) => at !== null)).toHaveLength(1);
  });
});

describe('priorities', () => {
  it('let spending go before look-ups, these before the tracker and lists', async () => {
    const dispatcher = createDispatcher({ concurrency: 1 });
    const order: Priority[] = [];
    const busy = ask(dispatcher);
    const priorities: Priority[] = ['list', 'tracker', 'lookup', 'spending'];
    for (const priority of priorities) {
      void dispatcher.acquire({ priority, deadlineAt: FAR }).then((slot) => {
        order.push(priority);
        slot.release();
      });
    }
    await settled();
    expect(order).toEqual([]);
    busy.slot?.release();
    await settled();
    expect(order).toEqual(['spending', 'lookup', 'tracker', 'list']);
  });

  it('keep a slot for spending', async () => {
    const dispatcher = createDispatcher({ concurrency: 3 });
    const lookups = Array.from({ length: 5 }, () => ask(dispatcher));
    const add = ask(dispatcher, { priority: 'spending', isAdd: true });
    await settled();
    expect(lookups.filter(({ at }) => at !== null)).toHaveLength(2);
    expect(add.at).not.toBeNull();
  });

  it('let look-ups have the only slot where there is one', async () => {
    const dispatcher = createDispatcher({ concurrency: 1 });
    const lookup = ask(dispatcher);
    await settled();
    expect(lookup.at).not.toBeNull();
  });

  it('let a list go in the end, however many look-ups there are', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 10 });
    const start = Date.now();
    ask(dispatcher, {}, 1);
    const list = ask(dispatcher, { priority: 'list' }, 1);
    for (let asked = 0; asked < 30; asked += 1) ask(dispatcher, {}, 1);
    await vi.advanceTimersByTimeAsync(2000);
    expect((list.at ?? FAR) - start).toBeLessThan(1100);
    expect((list.at ?? 0) - start).toBeGreaterThan(500);
  });
});

describe('deadlines', () => {
  it('refuse at once who would wait too long, and say after how long there may be room', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 1 });
    for (let asked = 0; asked < 3; asked += 1) ask(dispatcher);
    const late = ask(dispatcher, { deadlineAt: Date.now() + 1500 });
    await settled();
    expect(late.error).toBeInstanceOf(QueueFullError);
    expect((late.error as QueueFullError).retryAfterMs).toBe(3090);
  });

  it('do not count those who wait behind', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 1 });
    for (let asked = 0; asked < 30; asked += 1) ask(dispatcher, { priority: 'list' });
    const add = ask(dispatcher, { priority: 'spending', deadlineAt: Date.now() + 1500 }, 1);
    await vi.advanceTimersByTimeAsync(1100);
    expect(add.at).not.toBeNull();
  });

  it('end a wait for a slot', async () => {
    const dispatcher = createDispatcher({ concurrency: 1 });
    ask(dispatcher);
    const waiting = ask(dispatcher, { deadlineAt: Date.now() + 700 });
    const patient = ask(dispatcher);
    await vi.advanceTimersByTimeAsync(699);
    expect(waiting.error).toBeNull();
    await vi.advanceTimersByTimeAsync(2);
    expect(waiting.error).toBeInstanceOf(QueueFullError);
    expect(patient.error).toBeNull();
  });
});

describe('closing', () => {
  it('tells who waits and who comes after, and leaves no timer', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 0.01, addsPerSecond: 0.01 });
    const first = ask(dispatcher);
    const waiting = [ask(dispatcher), ask(dispatcher, { priority: 'spending', isAdd: true })];
    await settled();
    dispatcher.close();
    const later = ask(dispatcher);
    await settled();
    for (const { error } of [...waiting, later]) expect(error).toBeInstanceOf(DispatcherClosedError);
    expect(vi.getTimerCount()).toBe(0);
    first.slot?.release();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer where nobody waits', async () => {
    const dispatcher = createDispatcher({ requestsPerSecond: 10 });
    ask(dispatcher, {}, 5);
    ask(dispatcher, {}, 5);
    await vi.advanceTimersByTimeAsync(1000);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('leave at once', () => {
  it('is given where a call that spends need not wait, and counts as any other', async () => {
    const dispatcher = createDispatcher({ concurrency: 2 });
    const [first, second] = [dispatcher.acquireNow({ isAdd: true }), dispatcher.acquireNow({ isAdd: true })];
    expect([first, second]).not.toContain(null);
    expect(dispatcher.acquireNow({ isAdd: true })).toBeNull();
    first?.release();
    expect(dispatcher.acquireNow({ isAdd: true })).not.toBeNull();
  });

  it('is not given before the pace, the pace of adds, those who wait, or after the end', async () => {
    const paced = createDispatcher({ requestsPerSecond: 10 });
    const slot = paced.acquireNow({ isAdd: true });
    expect(paced.acquireNow({ isAdd: false })).toBeNull();
    slot?.giveBack();
    expect(paced.acquireNow({ isAdd: false })).not.toBeNull();

    const slowAdds = createDispatcher({ addsPerSecond: 1 });
    slowAdds.acquireNow({ isAdd: true })?.release();
    expect(slowAdds.acquireNow({ isAdd: true })).toBeNull();
    expect(slowAdds.acquireNow({ isAdd: false })).not.toBeNull();
    const waiting = ask(slowAdds, { priority: 'spending', isAdd: true });
    expect(slowAdds.acquireNow({ isAdd: false })).toBeNull();
    await vi.advanceTimersByTimeAsync(1100);
    expect(waiting.slot).not.toBeNull();

    paced.close();
    await vi.advanceTimersByTimeAsync(1000);
    expect(paced.acquireNow({ isAdd: true })).toBeNull();
  });
});
