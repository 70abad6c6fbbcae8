import { describe, expect, it } from 'vitest';
import { type AddTurn, AddTurns } from '../../../src/orders/account/add-turns.ts';

const given = (turn: AddTurn | null): AddTurn => {
  if (turn === null) throw new Error('No turn was given.');
  return turn;
};

describe('the turns of adds', () => {
  it('are given to so many at a time, first come first served', async () => {
    const turns = new AddTurns(2);
    const [one, two] = [given(turns.takeNow()), given(turns.takeNow())];
    expect(turns.takeNow()).toBeNull();
    const order: string[] = [];
    const three = turns.take(1000).then((turn) => {
      order.push('three');
      return given(turn);
    });
    const four = turns.take(1000).then((turn) => {
      order.push('four');
      return given(turn);
    });
    one.release();
    one.release();
    (await three).release();
    await four;
    expect(order).toEqual(['three', 'four']);
    two.release();
  });

  it('are not given to who comes while others wait', async () => {
    const turns = new AddTurns(1);
    const one = given(turns.takeNow());
    const waiting = turns.take(1000);
    one.release();
    expect(turns.takeNow()).toBeNull();
    given(await waiting).release();
    expect(turns.takeNow()).not.toBeNull();
  });

  it('are given up in time', async () => {
    const turns = new AddTurns(1);
    const one = given(turns.takeNow());
    expect(await turns.take(1)).toBeNull();
    one.release();
    expect(turns.takeNow()).not.toBeNull();
  });

  it('let one work alone when the others have ended, and give none meanwhile', async () => {
    const turns = new AddTurns(3);
    const [one, two] = [given(turns.takeNow()), given(turns.takeNow())];
    const events: string[] = [];
    const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
    const alone = one.whileAlone(async () => {
      events.push('alone');
      await asked;
    });
    expect(turns.takeNow()).toBeNull();
    const next = turns.take(1000).then((turn) => {
      events.push('next');
      return given(turn);
    });
    expect(events).toEqual([]);
    events.push('two ends');
    two.release();
    answer();
    await alone;
    (await next).release();
    expect(events).toEqual(['two ends', 'alone', 'next']);
  });

  it('let several work alone together', async () => {
    const turns = new AddTurns(2);
    const [one, two] = [given(turns.takeNow()), given(turns.takeNow())];
    const work = async (): Promise<boolean> => turns.takeNow() === null;
    expect(await Promise.all([one.whileAlone(work), two.whileAlone(work)])).toEqual([true, true]);
    one.release();
    expect(two.isOnly).toBe(true);
    expect(turns.takeNow()).not.toBeNull();
  });

  it('go on where the work of one alone fails', async () => {
    const turns = new AddTurns(1);
    const one = given(turns.takeNow());
    const failing = one.whileAlone(() => Promise.reject(new Error('no balance')));
    await expect(failing).rejects.toThrow('no balance');
    one.release();
    expect(turns.takeNow()).not.toBeNull();
  });
});
