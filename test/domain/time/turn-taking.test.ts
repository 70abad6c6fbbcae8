import { expect, test } from 'vitest';
import { TurnTaking } from '../../../src/domain/time/turn-taking.ts';

/** A loop whose turns and time the test moves. */
function heldLoop() {
  let now = 0;
  let begins: (() => void)[] = [];
  return {
    loop: { now: () => now, next: (begin: () => void) => void begins.push(begin) },
    use: (ms: number) => {
      now += ms;
    },
    /** Begins the next turn, and waits until all that it lets in has run. */
    turn: async () => {
      const due = begins;
      begins = [];
      for (const begin of due) begin();
      await new Promise((resolve) => setImmediate(resolve));
    },
    get awaited() {
      return begins.length;
    },
  };
}

/** Work that takes a turn before each of its pieces, deep inside other promises. */
async function piecesOf(turns: TurnTaking, { count, piece }: { count: number; piece: () => void }): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await (async () => {
      await (async () => turns.take())();
    })();
    piece();
  }
}

test('work goes on at once while the turn has time left, and in a later turn afterwards', async () => {
  const held = heldLoop();
  const turns = new TurnTaking(held.loop, 8);
  const done: number[] = [];
  const work = piecesOf(turns, {
    count: 5,
    piece: () => {
      held.use(4);
      done.push(held.loop.now());
    },
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(done).toEqual([4, 8]);
  expect(turns.isOver()).toBe(true);
  await held.turn();
  expect(done).toEqual([4, 8, 12, 16]);
  await held.turn();
  await work;
  expect(done).toHaveLength(5);
});

test('all who take turns share one turn, and whoever has waited longest goes first', async () => {
  const held = heldLoop();
  const turns = new TurnTaking(held.loop, 8);
  const done: string[] = [];
  const all = ['a', 'b', 'c', 'd'].map((name) =>
    piecesOf(turns, {
      count: 2,
      piece: () => {
        held.use(5);
        done.push(name);
      },
    }),
  );
  await new Promise((resolve) => setImmediate(resolve));
  const perTurn = [done.splice(0)];
  while (done.length === 0 && perTurn.length < 4) {
    await held.turn();
    perTurn.push(done.splice(0));
  }
  // Nobody had used anything when all four asked; still only those are let in for whom there is time.
  expect(perTurn).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['a', 'b'],
    ['c', 'd'],
  ]);
  await Promise.all(all);
});

test('nothing is left behind where nobody waits', async () => {
  const held = heldLoop();
  const turns = new TurnTaking(held.loop, 8);
  await turns.take();
  expect(held.awaited).toBe(1);
  await held.turn();
  expect(held.awaited).toBe(0);
  held.use(100);
  expect(turns.isOver()).toBe(false);
});
