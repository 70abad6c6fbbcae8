import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/domain/time/turns.ts';

/** Goes past what the loop does next. */
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('turns of the event loop', () => {
  it('let work go on while the present turn is young', () => {
    let now = 0;
    const turns = new Turns(() => now);
    expect(turns.take()).toBeNull();
    now = 4.9;
    expect(turns.take()).toBeNull();
    now = 5;
    expect(turns.take()).not.toBeNull();
  });

  it('serve those that wait one a turn, in their order', async () => {
    let now = 0;
    const turns = new Turns(() => now);
    turns.take();
    now = 6;
    const served: string[] = [];
    for (const name of ['one', 'two', 'three']) void turns.take()?.then(() => served.push(name));
    expect(served).toEqual([]);
    await nextTurn();
    expect(served).toEqual(['one']);
    await nextTurn();
    expect(served).toEqual(['one', 'two']);
    await nextTurn();
    expect(served).toEqual(['one', 'two', 'three']);
  });

  it('do not let a newcomer pass those that wait', async () => {
    let now = 0;
    const turns = new Turns(() => now);
    turns.take();
    now = 6;
    void turns.take();
    void turns.take();
    await nextTurn();
    // This turn is young, but it belongs to the one that has waited.
    expect(turns.take()).not.toBeNull();
  });

  it('begin anew when the loop has gone on', async () => {
    let now = 0;
    const turns = new Turns(() => now);
    turns.take();
    now = 6;
    await nextTurn();
    expect(turns.take()).toBeNull();
  });
});
