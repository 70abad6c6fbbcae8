import { describe, expect, it, onTestFinished } from 'vitest';
import { createConfig } from '../../../src/config/create-config.ts';
import type { OrderDetails } from '../../../src/domain/order-forms.ts';
import { SERVICE_TYPES } from '../../../src/domain/service.ts';
import { createRegistry } from '../../../src/providers/registry.ts';
import { silentTelemetry } from '../../../src/telemetry/telemetry.ts';
import { ORDER_FORM_CASES } from '../../conformance/order-form-cases.ts';
import { type ScriptedPanel, type SentForm, startScriptedPanel } from '../../support/scripted-panel.ts';

async function setUp(answer: ScriptedPanel['answer'], settings: object = {}) {
  const panel = await startScriptedPanel(answer);
  onTestFinished(() => panel[Symbol.asyncDispose]());
  const { panels } = createConfig({
    store: 'sqlite::memory:',
    panels: [{ id: 'acme', url: panel.url, key: 'k3y-of-the-test-account', dialect: 'standard', ...settings }],
  });
  const registry = createRegistry({ panels, telemetry: silentTelemetry });
  onTestFinished(() => registry.close());
  const provider = registry.find('acme')!;
  return {
    panel,
    buy: (details: OrderDetails, options = {}) => provider.add({ service: '7', details }, options),
    quantities: () => panel.callsOf('add').map(({ quantity }) => quantity ?? null),
  };
}

const PACKAGE: OrderDetails = { form: 'package', values: { link: 'l' } };
const COMMENTS: OrderDetails = { form: 'customComments', values: { link: 'l', comments: ['one', 'two'] } };

/** Buys whatever comes with a quantity, and refuses the rest. */
const demanding =
  (words = 'Quantity is required'): ScriptedPanel['answer'] =>
  ({ quantity }) =>
    quantity === undefined ? { error: words } : { order: 5 };
/** Buys what holds no more than is documented for its type. */
const strict =
  (documented: SentForm): ScriptedPanel['answer'] =>
  ({ action: _action, service: _service, ...sent }) =>
    Object.keys(sent).every((name) => name in documented)
      ? { order: 5 }
      : { error: 'Incorrect request: unknown field quantity' };

describe('an order of each type', () => {
  it.each(SERVICE_TYPES.filter((type) => type !== 'OTHER'))(
    '%s is bought where every order needs a quantity',
    async (type) => {
      const { details, sent } = ORDER_FORM_CASES[type];
      const { buy, panel } = await setUp(demanding());
      await expect(buy(details)).resolves.toBe('5');
      const [first, ...rest] = panel.callsOf('add');
      expect(first).toEqual({ action: 'add', service: '7', ...sent });
      expect(rest).toEqual('quantity' in sent ? [] : [{ ...first, quantity: expect.stringMatching(/^[1-9]\d*$/) }]);
    },
  );

  it.each(SERVICE_TYPES)('%s is bought where a field too many is refused', async (type) => {
    const { details, sent } = ORDER_FORM_CASES[type];
    const { buy, panel } = await setUp(strict(sent));
    await expect(buy(details)).resolves.toBe('5');
    expect(panel.callsOf('add')).toHaveLength(1);
  });
});

describe('a quantity that a panel demands', () => {
  it.each(['Quantity is required', 'Falta el parámetro quantity'])('is learned from %j', async (words) => {
    const { buy, quantities } = await setUp(demanding(words));
    await buy(PACKAGE);
    await buy(PACKAGE);
    expect(quantities()).toEqual([null, '1', '1']);
  });

  it('is learned from the panel’s own words where the configuration knows them for a refusal', async () => {
    const words = 'Missing required parameters';
    const { buy, quantities } = await setUp(demanding(words), { refusals: { [words]: 'PANEL_REJECTED' } });
    await expect(buy(COMMENTS)).resolves.toBe('5');
    expect(quantities()).toEqual([null, '2']);
  });

  it('is learned for each form on its own', async () => {
    const { buy, quantities } = await setUp(({ comments, quantity }) => {
      if (comments !== undefined) return quantity === undefined ? { order: 6 } : { error: 'Incorrect quantity' };
      return quantity === undefined ? { error: 'Quantity is required' } : { order: 5 };
    });
    await buy(PACKAGE);
    await expect(buy(COMMENTS)).resolves.toBe('6');
    expect(quantities()).toEqual([null, '1', null]);
  });

  it('is always sent where the configuration says so', async () => {
    const { buy, quantities } = await setUp(demanding(), { sendQuantity: true });
    await buy(PACKAGE);
    await buy(COMMENTS);
    expect(quantities()).toEqual(['1', '2']);
  });

  it('is kept where the second order is refused for something else', async () => {
    const { buy, panel, quantities } = await setUp(({ quantity }) => ({
      error: quantity === undefined ? 'Quantity is required' : 'Not enough funds on balance',
    }));
    await expect(buy(PACKAGE)).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS', outcome: 'rejected' });
    panel.answer = demanding();
    await buy(PACKAGE);
    expect(quantities()).toEqual([null, '1', '1']);
  });

  it.each([
    ['refused for the quantity', { error: 'Quantity less than minimal 10' }, 'rejected'],
    ['not answered', (response: { destroy(): unknown }) => void response.destroy(), 'unknown'],
  ] as const)('is not kept where the second order is %s', async (_how, second, outcome) => {
    const { buy, panel, quantities } = await setUp(({ quantity }) =>
      quantity === undefined ? { error: 'Quantity is required' } : second,
    );
    await expect(buy(PACKAGE)).rejects.toMatchObject({ outcome });
    panel.answer = () => ({ order: 8 });
    await expect(buy(PACKAGE)).resolves.toBe('8');
    expect(quantities()).toEqual([null, '1', null]);
  });

  it('is forgotten where the panel refuses it later', async () => {
    const { buy, panel, quantities } = await setUp(demanding());
    await buy(PACKAGE);
    panel.answer = ({ quantity }) => (quantity === undefined ? { order: 9 } : { error: 'Incorrect quantity' });
    await expect(buy(PACKAGE)).rejects.toMatchObject({ code: 'INVALID_QUANTITY' });
    await expect(buy(PACKAGE)).resolves.toBe('9');
    expect(quantities()).toEqual([null, '1', '1', null]);
  });

  it('is sent in the one order that was marked as sent, under its own token', async () => {
    let marked = 0;
    const { buy, panel } = await setUp(demanding(), { idempotencyParameter: 'request_id' });
    const beforeSend = async (): Promise<void> => {
      marked += 1;
    };
    await buy(PACKAGE, { beforeSend, idempotencyToken: 't-1' });
    expect(marked).toBe(1);
    expect(panel.callsOf('add').map(({ request_id }) => request_id)).toEqual(['t-1', 't-1']);
  });

  it.each([
    ['an order that may have been bought', (response: { destroy(): unknown }) => void response.destroy()],
    ['an error of the panel that names the quantity', { error: 'Internal error: quantity is required' }],
    ['another refusal', { error: 'Incorrect link' }],
  ])('never sends %s again', async (_what, answer) => {
    const { buy, panel } = await setUp(() => answer);
    await expect(buy(PACKAGE)).rejects.toThrow();
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('sends an order that holds one only once', async () => {
    const { buy, panel } = await setUp(() => ({ error: 'Quantity is required' }), { sendQuantity: false });
    await expect(buy({ form: 'default', values: { link: 'l', quantity: 50 } })).rejects.toThrow();
    expect(panel.callsOf('add')).toHaveLength(1);
  });
});
