/**
 * Balances that say nothing, or something else, of the order that was bought just now: kept for a while, charged later,
 * rounded, or not touched at all. Words that nobody knows are never settled by such a one.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { addOrder } from '../support/orders.ts';
import { type TestPostgres, tryStartPostgres } from '../support/postgres.ts';
import { healthyPanel, type ScriptedPanel, type SentForm, startScriptedPanel } from '../support/scripted-panel.ts';

const postgres = await tryStartPostgres();
const reason = typeof postgres === 'string' ? postgres : null;
afterAll(async () => {
  if (reason === null) await (postgres as TestPostgres).close();
});

const CHARGE_MICROS = 90_000;
const NOBODY_KNOWS = { error: 'Zwirbel 7 krumt' };

interface Account {
  micros: number;
  /** What the account is charged for the next orders. */
  chargeMicros: number;
  answer: 'number' | 'words' | 'the first number' | 'nothing';
}

interface Opened {
  readonly account: Account;
  readonly panel: ScriptedPanel;
  readonly gateway: TestGateway;
}

type Show = (micros: number) => string;
const exact: Show = (micros) => (micros / 1e6).toFixed(5);

/** One panel whose balance is shown as `show` says, and a gateway before it. */
async function withAccount(
  show: Show,
  act: (opened: Opened) => Promise<void>,
  { store, ...panelSettings }: { store?: string; [setting: string]: unknown } = {},
) {
  const account: Account = { micros: 100_400_000, chargeMicros: CHARGE_MICROS, answer: 'number' };
  let number = 23_500;
  const stateOf = (): object => ({ charge: '0.09', start_count: '1', status: 'In progress', remains: '1' });
  await using panel = await startScriptedPanel(
    healthyPanel({
      balance: () => ({ balance: show(account.micros), currency: 'USD' }),
      status: ({ orders }: SentForm) =>
        orders === undefined ? stateOf() : Object.fromEntries(orders.split(',').map((id) => [id, stateOf()])),
      cancel: () => {
        account.micros += CHARGE_MICROS;
        return [{ order: 23_501, cancel: 1 }];
      },
      add: () => {
        if (account.answer === 'the first number') return { order: 23_501 };
        account.micros -= account.chargeMicros;
        if (account.answer === 'nothing') return () => {};
        if (account.answer === 'words') return NOBODY_KNOWS;
        number += 1;
        return { order: number };
      },
    }),
  );
  const settings = { tracker: { enabled: false }, ...(store !== undefined && { store }) };
  await using gateway = await startGateway({ acme: { url: panel.url, currency: 'USD', ...panelSettings } }, settings);
  await act({ account, panel, gateway });
}

const buy = (gateway: TestGateway, link: string, details?: object) =>
  addOrder(gateway, { link: `https://example.com/${link}`, ...(details && { details }) });

describe('an order that was bought with words that nobody knows is not called refused', () => {
  const kept = (): Show => {
    let shown: string | undefined;
    return (micros) => {
      shown ??= exact(micros);
      return shown;
    };
  };
  it.each<[string, Show]>([
    ['is kept by the panel for a while', kept()],
    ['shows whole dollars', (micros) => (micros / 1e6).toFixed(0)],
    ['shows tenths', (micros) => (micros / 1e6).toFixed(1)],
    ['shows cents as floats with their noise', (micros) => `${Math.round(micros / 1e6)}.399999999999999`],
    ['is a credit that falls with the invoice', () => '-12.50'],
  ])('where the balance %s', async (_, show) => {
    await withAccount(show, async ({ account, gateway }) => {
      for (const link of ['first', 'second']) await buy(gateway, link);
      account.answer = 'words';
      expect(await buy(gateway, 'wordy')).toMatchObject({ __typename: 'OutcomeUnknown' });
    });
  });

  it('where the balance has ceased to fall, as while a bonus is used up', async () => {
    await withAccount(exact, async ({ account, gateway }) => {
      await buy(gateway, 'first');
      account.chargeMicros = 0;
      await buy(gateway, 'from the bonus');
      account.answer = 'words';
      expect(await buy(gateway, 'wordy')).toMatchObject({ __typename: 'OutcomeUnknown' });
    });
  });

  it('where the order before was answered with the number of an older one', async () => {
    await withAccount(exact, async ({ account, gateway }) => {
      await buy(gateway, 'first');
      account.answer = 'the first number';
      expect(await buy(gateway, 'first again')).toMatchObject({ __typename: 'OutcomeUnknown' });
      account.answer = 'words';
      expect(await buy(gateway, 'wordy')).toMatchObject({ __typename: 'OutcomeUnknown' });
    });
  });

  it('where the order before was not answered, and is paid back meanwhile', async () => {
    await withAccount(
      exact,
      async ({ account, gateway }) => {
        await buy(gateway, 'first');
        account.answer = 'nothing';
        expect(await buy(gateway, 'unanswered')).toMatchObject({ __typename: 'OutcomeUnknown' });
        // What this one takes and what that one gets back are the same.
        Object.assign(account, { chargeMicros: 0, answer: 'words' });
        expect(await buy(gateway, 'wordy')).toMatchObject({ __typename: 'OutcomeUnknown' });
      },
      { addTimeoutMs: 300 },
    );
  });

  it('where the order before is charged run by run', async () => {
    await withAccount(exact, async ({ account, gateway }) => {
      await buy(gateway, 'first');
      account.chargeMicros = 0;
      const dripFeed = { link: 'https://example.com/drip', quantity: 50, runs: 2, interval: 30 };
      expect(await buy(gateway, 'drip', { default: dripFeed })).toMatchObject({ __typename: 'AddOrderSuccess' });
      Object.assign(account, { chargeMicros: CHARGE_MICROS, answer: 'words' });
      expect(await buy(gateway, 'wordy')).toMatchObject({ __typename: 'OutcomeUnknown' });
    });
  });
});

describe.skipIf(reason !== null)(`on a ledger of two gateways${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  it('an equal order that was canceled at the other one does not hide what was bought', async () => {
    const store = await (postgres as TestPostgres).createDatabase();
    await withAccount(
      exact,
      async ({ account, gateway, panel }) => {
        await using other = await startGateway(
          { acme: { url: panel.url, currency: 'USD' } },
          { store, tracker: { enabled: false } },
        );
        const first = await buy(gateway, 'first');
        await buy(gateway, 'second');
        const cancel = 'mutation ($ids: [ID!]!) { cancelOrders(orderIds: $ids) { __typename } }';
        await other.ask(cancel, { ids: [first.orderId] });
        account.answer = 'words';
        expect(await buy(gateway, 'wordy')).toMatchObject({ __typename: 'OutcomeUnknown' });
      },
      { store },
    );
  });

  it('the balance tells of a refusal', async () => {
    const store = await (postgres as TestPostgres).createDatabase();
    await withAccount(
      exact,
      async ({ account, gateway }) => {
        await buy(gateway, 'first');
        Object.assign(account, { chargeMicros: 0, answer: 'words' });
        expect(await buy(gateway, 'refused')).toMatchObject({ __typename: 'PanelRejected' });
      },
      { store },
    );
  });
});

describe('the balance', () => {
  it('tells of the first order', async () => {
    await withAccount(exact, async ({ account, gateway, panel }) => {
      Object.assign(account, { chargeMicros: 0, answer: 'words' });
      expect(await buy(gateway, 'refused')).toMatchObject({ __typename: 'PanelRejected', code: 'PANEL_REJECTED' });
      expect(panel.callsOf('balance')).toHaveLength(2);
    });
  });

  it('tells of a refusal after it was seen to fall with an order', async () => {
    await withAccount(exact, async ({ account, gateway, panel }) => {
      for (const link of ['first', 'second']) await buy(gateway, link);
      Object.assign(account, { chargeMicros: 0, answer: 'words' });
      expect(await buy(gateway, 'refused')).toMatchObject({ __typename: 'PanelRejected', code: 'PANEL_REJECTED' });
      expect(panel.callsOf('balance')).toHaveLength(3);
    });
  });

  it('is asked before the first order and after the second, and not for each, where it does not fall', async () => {
    await withAccount(
      () => '100.40',
      async ({ gateway, panel }) => {
        for (const link of ['first', 'second', 'third']) await buy(gateway, link);
        await expect.poll(() => panel.callsOf('balance').length).toBe(2);
      },
    );
  });

  it('and no repeat settles words that nobody knows, where the panel would recognise one', async () => {
    const settings = { idempotencyParameter: 'request_id' };
    await withAccount(
      exact,
      async ({ account, gateway, panel }) => {
        await buy(gateway, 'first');
        account.answer = 'words';
        expect(await buy(gateway, 'wordy')).toMatchObject({ __typename: 'OutcomeUnknown' });
        expect(panel.callsOf('add')).toHaveLength(2);
      },
      settings,
    );
  });
});
