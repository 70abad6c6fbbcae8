import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUnits, parseUnits, priceOfQuantity } from '../../src/demo/units.ts';
import { findService, startCaller } from './panel-caller.ts';

const LINK = 'https://example.com/p/1';

describe('units of money', () => {
  it('print what was read, with at least two decimals', () => {
    expect(['0', '8', '0.9', '100.84292', '0.00000001'].map((text) => formatUnits(parseUnits(text)))).toEqual([
      '0.00',
      '8.00',
      '0.90',
      '100.84292',
      '0.00000001',
    ]);
  });

  it('survive printing', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 22n });
    fc.assert(fc.property(amount, (units) => parseUnits(formatUnits(units)) === units));
  });

  it('price a quantity without rounding', () => {
    expect(formatUnits(priceOfQuantity(parseUnits('0.00411'), 7))).toBe('0.00002877');
  });

  it.each(['', '-1', '1e3', '1,000', '.5', '0.123456789'])('are not made of %j', (text) => {
    expect(() => parseUnits(text)).toThrow('not an amount of money');
  });
});

describe('the money of a demo panel', () => {
  it('goes down by the exact charge of an order', async () => {
    await using caller = await startCaller({ balance: '100.84292' });
    const service = findService(await caller.services(), 'Default');
    const order = await caller.place(service, { link: LINK, quantity: service.min });
    const charge = (parseUnits(service.rate) * BigInt(service.min)) / 1000n;
    expect(await caller.call('status', { order })).toMatchObject({ charge: formatUnits(charge), currency: 'USD' });
    const balance = formatUnits(parseUnits('100.84292') - charge);
    expect(await caller.call('balance')).toEqual({ balance, currency: 'USD' });
  });

  it('takes the rate itself for a package', async () => {
    await using caller = await startCaller();
    const service = findService(await caller.services(), 'Package');
    const order = await caller.place(service, { link: LINK });
    expect(await caller.call('status', { order })).toMatchObject({ charge: service.rate });
  });

  it('refuses what it cannot pay, and takes nothing', async () => {
    await using caller = await startCaller({ balance: '0.00001' });
    const services = await caller.services();
    const { service, min } = findService(services, 'Default');
    const refusal = { error: 'Not enough funds on balance' };
    expect(await caller.call('add', { service, link: LINK, quantity: min })).toEqual(refusal);
    expect(await caller.call('add', { service, link: LINK, quantity: min, runs: 2, interval: 5 })).toEqual(refusal);
    const posts = findService(services, 'Subscriptions');
    const subscription = { username: 'someone', min: posts.min, max: posts.min, delay: 0 };
    expect(await caller.call('add', { service: posts.service, ...subscription })).toEqual(refusal);
    expect(await caller.call('balance')).toMatchObject({ balance: '0.00001' });
    expect(caller.panel.orders).toEqual([]);
  });

  it('is conserved over completed, partial and canceled orders', async () => {
    await using caller = await startCaller();
    const services = (await caller.services()).filter(({ type }) => type === 'Default');
    for (const service of services.slice(0, 60)) {
      await caller.place(service, { link: LINK, quantity: Number(service.min) + 7 });
    }
    caller.clock.now += 40_000;
    const some = caller.panel.orders.slice(0, 20).map(({ id }) => id);
    await caller.call('cancel', { orders: some.join() });
    caller.clock.now += 120_000;
    const statuses = new Set(caller.panel.orders.map(({ status }) => status));
    expect(statuses).toEqual(new Set(['Completed', 'Partial', 'Canceled']));
    expect(await totalOf(caller)).toBe('1000000.00');
  });

  it('is conserved over a drip-feed and a subscription, whole or canceled', async () => {
    await using caller = await startCaller();
    const services = await caller.services();
    const drip = findService(services, 'Default', ({ cancel }) => cancel === true);
    const posts = findService(services, 'Subscriptions');
    const runs = { quantity: drip.min, runs: 4, interval: 10 };
    await caller.place(drip, { link: LINK, ...runs });
    const canceled = await caller.place(drip, { link: `${LINK}0`, ...runs });
    await caller.place(posts, { username: 'someone', min: posts.min, max: posts.max, posts: 3, delay: 0 });
    caller.clock.now += 40_000;
    expect(await caller.call('cancel', { orders: canceled })).toEqual([{ order: canceled, cancel: 1 }]);
    caller.clock.now += 200_000;
    expect(await totalOf(caller)).toBe('1000000.00');
  });
});

async function totalOf(caller: Awaited<ReturnType<typeof startCaller>>): Promise<string> {
  const { balance } = await caller.call<{ balance: string }>('balance');
  const charges = caller.panel.orders.map(({ charge }) => parseUnits(charge ?? '0'));
  return formatUnits(charges.reduce((sum, charge) => sum + charge, parseUnits(balance)));
}
