/** A FastAPI panel: what is wrong stands under `detail`, as a text, an object or a list; ids are UUIDs. Strict. */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason, Refusal } from '../shop/judge-order.ts';
import { cancelOrder, findRefilled, idsOf, mapById, refillAll, stateOf } from '../shop/look-ups.ts';
import { showMicros } from '../shop/money.ts';
import type { Sale } from '../shop/sales.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { html, json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell, sellAllTypes } from '../shop/zoo-service.ts';

const NO_ORDER = 'Order does not exist';

const WORDS: Readonly<Record<Reason, (refusal: Refusal) => readonly [status: number, detail: unknown]>> = {
  'wrong key': () => [401, 'Could not validate credentials'],
  'inactive account': () => [403, { error: 'Account is deactivated' }],
  'too fast': () => [429, 'Rate limit exceeded: 60 per 1 minute'],
  'no service': () => [422, 'Unknown service'],
  'disabled service': () => [422, { error: 'Service is not available' }],
  'missing field': ({ field }) => [422, [{ type: 'missing', loc: ['body', field], msg: 'Field required' }]],
  'undocumented field': ({ field }) => [
    422,
    [{ type: 'extra_forbidden', loc: ['body', field], msg: 'Extra inputs are not permitted', input: '1' }],
  ],
  'bad link': () => [
    422,
    [{ type: 'url_parsing', loc: ['body', 'link'], msg: 'Input should be a valid URL, relative URL without a base' }],
  ],
  'busy link': () => [422, { error: 'Another order for this link is in progress' }],
  'too few': ({ min }) => [422, [quantityIssue(`Input should be greater than or equal to ${min}`)]],
  'too many': ({ max }) => [422, [quantityIssue(`Input should be less than or equal to ${max}`)]],
  'no money': () => [422, { error: 'Balance too low', code: 'balance_too_low' }],
};

const ADD: AddWays = {
  resells: false,
  refuse: (refusal) => {
    const [status, detail] = WORDS[refusal.reason](refusal);
    return json({ detail }, status);
  },
  accept: (sale) => json({ order: sale.number }),
  nextNumber: (shop) => uuidOf(shop.nextNumber()),
  faults: [
    { did: [], answer: json({ detail: 'Connection pool is full' }, 422) },
    {
      did: ['order', 'money'],
      answer: json({ detail: 'asyncpg.exceptions.InterfaceError: connection is closed' }, 422),
    },
    { did: ['order', 'money'], answer: json({ detail: { error: 'greenlet_spawn has not been called' } }, 403) },
    { did: ['order', 'money'], answer: json({ detail: [{ loc: ['response', 'order'], msg: 'Field required' }] }, 422) },
    { did: ['order', 'money'], answer: html('Internal Server Error', 500) },
    { did: ['order', 'money'], answer: 'hang up' },
  ],
};

export const FASTAPI: PanelKind = {
  id: 'fastapi',
  currency: 'EUR',
  startMicros: 5_842_920,
  quantity: 'refused',
  subscriptionsBilled: 'at once',
  refusesBusyLinks: true,
  services: [
    sell('3001', 'Default', { min: 50, truth: { min: 300, max: 900 } }),
    sell('3002', 'Default', { isDisabled: true }),
    ...sellAllTypes(3020),
  ],
  answer: (form, shop) => {
    switch (form['action']) {
      case 'services':
        return json(shop.kind.services.map((each) => listEntry(each, showMicros(each.rateMicros, 2))));
      case 'balance':
        return json({ balance: showMicros(shop.balanceMicros, 5), currency: 'EUR' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'status':
        return tellStates(form, shop);
      case 'refill':
        return json(refillAll(form, shop, NO_ORDER));
      case 'refill_status':
        return findRefilled(form, shop) ? json({ status: 'Pending' }) : json({ detail: 'Refill not found' }, 404);
      case 'cancel':
        return json(idsOf(form['orders']).map((order) => ({ order, cancel: cancelOrder(order, shop, NO_ORDER) })));
      default:
        return json({ detail: 'Unknown action' }, 422);
    }
  },
};

function quantityIssue(msg: string): object {
  return { type: 'value_error', loc: ['body', 'quantity'], msg };
}

/** A UUID that counts, so that a run can be repeated. */
function uuidOf(number: string): string {
  return `5f0c2d1e-77aa-4b1c-9d3e-${number.padStart(12, '0')}`;
}

function tellStates(form: SentForm, shop: Shop): WireAnswer {
  const tell = (sale: Sale | undefined): object =>
    sale ? stateOf(sale, { charge: showMicros(sale.chargeMicros, 5), currency: 'EUR' }) : { error: NO_ORDER };
  if (form['orders'] !== undefined) return json(mapById(idsOf(form['orders']), shop, tell));
  const sale = shop.sales.find(form['order'] ?? '');
  return sale ? json(tell(sale)) : json({ detail: { error: NO_ORDER } }, 404);
}
