import { expect, it } from 'vitest';
import { RunningPlacements } from '../../../src/orders/placing/running-placements.ts';
import { createHold } from '../../support/orders.ts';

it('shows a placement that begins after its ids were asked for, as one that was recorded while the ledger was read', async () => {
  const running = new RunningPlacements();
  const { ids } = running;
  const { held, release } = createHold();
  const work = running.during('a', () => held);
  expect([...ids]).toEqual(['a']);
  release();
  await work;
  expect([...ids]).toEqual([]);
});

it('counts a placement until the last who works on it is done', async () => {
  const running = new RunningPlacements();
  const [first, second] = [createHold(), createHold()];
  const one = running.during('a', () => first.held);
  const two = running.during('a', () => second.held);
  let isOver = false;
  const ended = running.ended('a').then(() => {
    isOver = true;
  });
  first.release();
  await one;
  expect([running.has('a'), isOver]).toEqual([true, false]);
  second.release();
  await Promise.all([two, ended, running.none()]);
  expect([running.has('a'), isOver]).toEqual([false, true]);
});

it('is over with work that fails', async () => {
  const running = new RunningPlacements();
  await expect(running.during('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(running.has('a')).toBe(false);
});
