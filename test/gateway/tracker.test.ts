import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { COMPLETED, createChangingOrders, underWay } from '../support/changing-orders.ts';
import { openEventStream } from '../support/event-stream.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { createLedgerFile } from '../support/ledger-file.ts';
import { createMovedTime, type MovedTime } from '../support/moved-time.ts';
import { addManyOrders, addOrder } from '../support/orders.ts';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { healthyPanel, startScriptedPanel } from '../support/scripted-panel.ts';

const started = await tryStartPostgres();
const reason = typeof started === 'string' ? started : null;
const postgres = started as TestPostgres;
afterAll(async () => {
  if (reason === null) await postgres.close();
});

const numbersOf = ({ order, orders }: Readonly<Record<string, string>>): string[] =>
  order === undefined ? (orders ?? '').split(',') : [order];

interface Check {
  readonly at: number;
  readonly numbers: readonly string[];
}

/** A panel on which every order is under way for ever; `checks` are the ids of each look-up with its instant. */
async function startSteadyPanel(time: MovedTime) {
  const checks: Check[] = [];
  const panel = await startScriptedPanel(
    healthyPanel({
      status: (form) => {
        const numbers = numbersOf(form);
        checks.push({ at: time.now(), numbers });
        return form['order'] === undefined
          ? Object.fromEntries(numbers.map((number) => [number, underWay(10)]))
          : underWay(10);
      },
    }),
  );
  return { panel, checks, [Symbol.asyncDispose]: () => panel[Symbol.asyncDispose]() };
}

/** Calls and asked ids of look-ups in a span of time from now on. */
async function measure(checks: readonly Check[], time: MovedTime, ms: number) {
  const from = checks.length;
  await time.advance(ms);
  const asked = checks.slice(from);
  return { calls: asked.length, ids: idsIn(asked), asked };
}

const idsIn = (checks: readonly Check[]): number => checks.reduce((sum, { numbers }) => sum + numbers.length, 0);

describe('the tracker', () => {
  it('asks for open orders in whole batches', async () => {
    const time = createMovedTime();
    await using steady = await startSteadyPanel(time);
    await using gateway = await startGateway(
      { acme: steady.panel.url },
      { tracker: { minIntervalMs: 300 }, statusTtlMs: 0 },
      time,
    );
    const numbers: string[] = [];
    for (let lot = 0; lot < 5; lot += 1) {
      numbers.push(...(await addManyOrders(gateway, 50, `lot ${lot}`)));
      await time.advance(20);
    }
    // The orders fall into step with the first rounds.
    await time.advanceUntil(() => steady.checks.length > 12, 300);
    const rounds = steady.checks.slice(6, 12);
    const sizes = rounds.map((check) => check.numbers.length);
    expect(sizes.sort((left, right) => right - left)).toEqual([100, 100, 100, 100, 50, 50]);
    expect(new Set(rounds.flatMap((check) => check.numbers))).toEqual(new Set(numbers));
  });

  it('asks for final orders no more, and goes on with the others', async () => {
    const orders = createChangingOrders({ '23501': underWay(5), '23502': underWay(5) });
    await using panel = await startScriptedPanel(orders.answer);
    using ledger = createLedgerFile();
    const time = createMovedTime();
    await using gateway = await startGateway(
      { acme: panel.url },
      { tracker: { minIntervalMs: 50 }, statusTtlMs: 0, store: ledger.url },
      time,
    );
    await addManyOrders(gateway, 2);
    await using reader = await ledger.openReader();
    orders.states.set('23501', COMPLETED);
    await time.advance(100);
    expect((await reader.orders.findOrders('acme', ['23501']))[0]).toMatchObject({ isFinal: true, nextCheckAt: null });
    const from = panel.calls.length;
    await time.advanceUntil(() => panel.calls.length > from + 5, 50);
    expect(new Set(panel.calls.slice(from).flatMap(numbersOf))).toEqual(new Set(['23502']));
    expect(await gateway.ask('{ placements(filter: { statuses: [COMPLETED] }) { totalCount } }')).toMatchObject({
      data: { placements: { totalCount: 1 } },
    });
  });

  it('asks for an order less often as it ages, and sooner while somebody watches', async () => {
    const time = createMovedTime();
    await using steady = await startSteadyPanel(time);
    await using gateway = await startGateway(
      { acme: steady.panel.url },
      { tracker: { minIntervalMs: 50, maxIntervalMs: 60_000 }, statusTtlMs: 0 },
      time,
    );
    await addOrder(gateway);
    // A tenth of its age: the gaps grow by about a tenth each once the order is half a second old.
    await time.advanceUntil(() => steady.checks.length > 25, 50);
    const gaps = steady.checks.map(({ at }, index) => at - (steady.checks[index - 1]?.at ?? at)).slice(1);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const aged = mean(gaps.slice(-4));
    expect(aged).toBeGreaterThan(2 * mean(gaps.slice(0, 4)));
    await using stream = await openEventStream(
      gateway.url,
      'subscription { orderUpdated(ids: ["Order:acme:23501"]) { status } }',
    );
    await stream.next();
    const from = steady.checks.length;
    await time.advanceUntil(() => steady.checks.length > from + 10, 50);
    const watched = steady.checks.slice(from).map(({ at }) => at);
    expect((watched.at(-1)! - watched[1]!) / (watched.length - 2)).toBeLessThan(aged / 2);
  });

  it('asks a failing panel less often, and takes up its pace again', async () => {
    const INTERVAL_MS = 200;
    const time = createMovedTime();
    const instants = new Set<number>();
    const answerStatus = (answer: object) => () => {
      instants.add(time.now());
      return answer;
    };
    await using panel = await startScriptedPanel(
      healthyPanel({ status: answerStatus({ error: 'Something is wrong' }) }),
    );
    await using gateway = await startGateway(
      { acme: { url: panel.url, breaker: { consecutiveFailures: 1000 } } },
      { tracker: { minIntervalMs: INTERVAL_MS, maxIntervalMs: 10_000 }, statusTtlMs: 0 },
      time,
    );
    await addOrder(gateway);
    const countAttempts = async (count: number) => {
      instants.clear();
      await time.advanceUntil(() => instants.size === count, 10);
      const times = [...instants];
      return (times.at(-1)! - times[0]!) / (count - 1);
    };
    const failing = await countAttempts(4);
    expect(failing).toBeGreaterThan(INTERVAL_MS * 1.8);
    panel.answer = healthyPanel({ status: answerStatus(underWay(10)) });
    await countAttempts(2);
    expect(await countAttempts(4)).toBeLessThan(INTERVAL_MS * 1.8);
  });

  it('asks nothing where it is switched off', async () => {
    const time = createMovedTime();
    await using steady = await startSteadyPanel(time);
    await using gateway = await startGateway(
      { acme: steady.panel.url },
      { tracker: { enabled: false, minIntervalMs: 20 } },
      time,
    );
    await addOrder(gateway);
    expect((await measure(steady.checks, time, 300)).calls).toBe(0);
  });
});

describe('a thousand subscribers of a thousand orders', () => {
  const INTERVAL_MS = 1500;
  const COUNT = 1000;

  it('cost ten calls an interval and little memory, and leave nothing behind', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const heap = async (): Promise<number> => {
      // What the test itself has written down is no subscriber's.
      for (const notes of [gateway.logs, steady.checks, steady.panel.calls]) notes.length = 0;
      // What is freed in one round may free more in the next.
      for (let round = 0; round < 4; round += 1) {
        collectGarbage();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return process.memoryUsage().heapUsed;
    };
    const time = createMovedTime();
    await using steady = await startSteadyPanel(time);
    await using gateway = await startGateway(
      { acme: { url: steady.panel.url } },
      { tracker: { minIntervalMs: INTERVAL_MS } },
      time,
    );
    const numbers = await addManyOrders(gateway, COUNT);
    const script = fileURLToPath(new URL('../support/many-subscribers.ts', import.meta.url));
    const attend = async (count: number) => {
      const child = fork(script, [gateway.url, ...numbers.slice(0, count).map((number) => `Order:acme:${number}`)]);
      const exited = once(child, 'exit');
      const [message] = await Promise.race([once(child, 'message'), exited]);
      expect(message).toBe('all have their first state');
      return async () => {
        child.send('leave');
        await exited;
        await expect.poll(() => watchedOrders(gateway), { timeout: 10_000 }).toBe(0);
      };
    };
    // What is compiled, cached and pooled at the first subscriptions stays, and is no subscriber's.
    await (await attend(COUNT))();

    const before = await heap();
    const leave = await attend(COUNT);
    expect(await watchedOrders(gateway)).toBe(COUNT);
    const during = await heap();
    const { calls, ids, asked } = await measure(steady.checks, time, 4 * INTERVAL_MS);
    await leave();
    const perInterval = calls / 4;
    const bytes = Math.round((during - before) / COUNT);
    console.log(
      `1,000 subscribers: ${perInterval} calls and ${ids / 4} ids an interval of ${INTERVAL_MS} ms, ${bytes} bytes of heap each`,
    );
    expect(perInterval).toBeGreaterThanOrEqual(COUNT / 100 - 2);
    expect(perInterval).toBeLessThanOrEqual(COUNT / 100 + 2);
    expect(asked.filter((check) => check.numbers.length === 100).length).toBeGreaterThanOrEqual(calls * 0.9);
    expect(bytes).toBeLessThan(50_000);
    // A round of the tracker holds some megabytes for a moment.
    await expect.poll(async () => (await heap()) - before, { timeout: 10_000 }).toBeLessThan(COUNT * bytes * 0.05);
  }, 60_000);
});

describe.skipIf(reason !== null)(
  `three gateways on one ledger${reason === null ? '' : ` (skipped: ${reason})`}`,
  () => {
    const INTERVAL_MS = 2000;

    /** Look-ups and asked ids an interval, over whole rounds, so that no edge of the span counts. */
    async function startAndMeasure(gateways: number): Promise<{ calls: number; ids: number }> {
      const store = await postgres.createLedger();
      const time = createMovedTime();
      await using steady = await startSteadyPanel(time);
      const settings = { store, tracker: { minIntervalMs: INTERVAL_MS, maxIntervalMs: INTERVAL_MS } };
      const all = await Promise.all(
        Array.from({ length: gateways }, () =>
          startGateway({ acme: { url: steady.panel.url, addConcurrency: 30 } }, settings, time),
        ),
      );
      try {
        await Promise.all(all.map((gateway, index) => addManyOrders(gateway, 300 / gateways, `gateway ${index}`)));
        await time.advanceUntil(() => steady.checks.length > 6, INTERVAL_MS / 10);
        const { asked } = await measure(steady.checks, time, 8 * INTERVAL_MS);
        const [first, ...later] = asked.filter(({ at }, index) => at - (asked[index - 1]?.at ?? 0) > INTERVAL_MS / 2);
        const last = later.at(-1)!;
        const whole = asked.filter(({ at }) => at >= first!.at && at < last.at);
        const intervals = (last.at - first!.at) / INTERVAL_MS;
        return { calls: whole.length / intervals, ids: idsIn(whole) / intervals };
      } finally {
        await Promise.all(all.map((gateway) => gateway[Symbol.asyncDispose]()));
      }
    }

    it('ask the panel as often as one does', async () => {
      const [one, three] = await Promise.all([startAndMeasure(1), startAndMeasure(3)]);
      console.log(
        `300 orders, calls and ids an interval: one gateway ${one.calls.toFixed(2)}, ${one.ids.toFixed(0)}; ` +
          `three ${three.calls.toFixed(2)}, ${three.ids.toFixed(0)}`,
      );
      expect(Math.abs(three.calls - one.calls)).toBeLessThanOrEqual(one.calls * 0.1);
      expect(Math.abs(three.ids - one.ids)).toBeLessThanOrEqual(one.ids * 0.1);
      expect(one.ids).toBeGreaterThan(300 * 0.7);
    }, 60_000);

    it('go on when the one that asks is gone', async () => {
      const store = await postgres.createLedger();
      const time = createMovedTime();
      await using steady = await startSteadyPanel(time);
      const settings = { store, tracker: { minIntervalMs: 200, maxIntervalMs: 200 }, statusTtlMs: 0 };
      const first = await startGateway({ acme: steady.panel.url }, settings, time);
      await addManyOrders(first, 3);
      await time.advanceUntil(() => steady.checks.length > 2, 200);
      await using _second = await startGateway({ acme: steady.panel.url }, settings, time);
      await first[Symbol.asyncDispose]();
      const from = steady.checks.length;
      await time.advanceUntil(() => steady.checks.length > from + 3, 200);
    });
  },
);

async function watchedOrders(gateway: TestGateway): Promise<number> {
  const text = await (await fetch(new URL('/metrics', gateway.url))).text();
  return Number(/^panelgraph_watched_orders (\d+)$/m.exec(text)?.[1]);
}
