/** The age of a list decides whether it prices an order: no setting of the wall clock makes an old one young. */
import { Keyv } from 'keyv';
import { beforeEach, expect, test } from 'vitest';
import { ServiceLists } from '../../../src/catalogue/lists/service-lists.ts';
import { HeldClock, listOf, ReadyPanel, service } from '../support/samples.ts';

const TTL_MS = 600_000;
const HOUR_MS = 3_600_000;

let store: Keyv;
let steady: HeldClock;
beforeEach(() => {
  store = new Keyv({ namespace: 'panelgraph' });
  steady = new HeldClock();
});

/** A gateway of its own: its wall clock, its panel, and the shared store. */
function createGateway(rate: string, wall = new HeldClock()) {
  const panel = new ReadyPanel(() => listOf(service({ rate })));
  const lists = new ServiceLists({
    sources: new Map([['acme', panel]]),
    store,
    ttlMs: TTL_MS,
    staleForMs: 10 * TTL_MS,
    clock: wall,
    steadyClock: steady,
    log: () => {},
  });
  const pricedRate = async () => {
    const { services } = await lists.getFresh('acme');
    await lists.idle();
    return services[0]?.rate;
  };
  const raiseTo = (risen: string): void => {
    panel.answer = () => listOf(service({ rate: risen }));
  };
  return { lists, panel, wall, pricedRate, raiseTo };
}

test.each([-HOUR_MS, -TTL_MS, -1, HOUR_MS])(
  'a list expires in its time with the wall clock set by %i ms',
  async (ms) => {
    const gateway = createGateway('0.09');
    expect(await gateway.pricedRate()).toBe('0.09');
    gateway.raiseTo('90');
    gateway.wall.advance(ms);
    steady.advance(TTL_MS);
    expect(await gateway.pricedRate()).toBe('90');
  },
);

test('a list does not become young again where the wall clock is set back while it is expired', async () => {
  const gateway = createGateway('0.09');
  await gateway.pricedRate();
  gateway.wall.advance(TTL_MS);
  steady.advance(TTL_MS);
  gateway.raiseTo('90');
  expect((await gateway.lists.get('acme')).stale).toBe(true);
  gateway.wall.advance(-TTL_MS);
  expect(await gateway.pricedRate()).toBe('90');
});

test('a list that another gateway has fetched does not become young again where the wall clock is set back', async () => {
  const reader = createGateway('90');
  await reader.pricedRate();
  await createGateway('0.09', new HeldClock()).lists.refresh('acme');
  reader.wall.advance(2 * TTL_MS);
  steady.advance(2 * TTL_MS);
  await reader.lists.get('acme');
  await reader.lists.idle();
  reader.wall.advance(-2 * TTL_MS + 1_000);
  steady.advance(TTL_MS);
  const calls = reader.panel.calls;
  expect(await reader.pricedRate()).toBe('90');
  expect(reader.panel.calls).toBe(calls + 1);
});

test.each([
  ['within what clocks differ by', 5_000, '0.09'],
  ['by a second more', 6_000, '90'],
  ['by an hour', HOUR_MS, '90'],
])('a list of another gateway from the future, %s, prices at %3$s', async (_how, ms, rate) => {
  const ahead = new HeldClock();
  ahead.advance(ms);
  await createGateway('0.09', ahead).pricedRate();
  expect(await createGateway('90').pricedRate()).toBe(rate);
});

test('a list from the future lasts no longer than by what clocks differ', async () => {
  const ahead = new HeldClock();
  ahead.advance(5_000);
  await createGateway('0.09', ahead).pricedRate();
  const reader = createGateway('90');
  expect(await reader.pricedRate()).toBe('0.09');
  reader.wall.advance(TTL_MS + 5_000);
  steady.advance(TTL_MS + 5_000);
  expect(await reader.pricedRate()).toBe('90');
});

test('the date that is shown is that of the wall clock', async () => {
  const gateway = createGateway('0.09');
  await gateway.pricedRate();
  gateway.wall.advance(-HOUR_MS);
  const { fetchedAt, stale } = await gateway.lists.refresh('acme');
  expect(fetchedAt).toEqual(new Date(gateway.wall.now()));
  expect(stale).toBe(false);
});
