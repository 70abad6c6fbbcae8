/**
 * jerry (Express, MongoDB, resells): it numbers its orders by counting them, so that two of one moment get one number.
 * The database then refuses the second, which the seller behind has taken. Errors of one id are bare texts.
 */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason, Refusal } from '../shop/judge-order.ts';
import { cancelSale, findRefilled, idsOf, mapById, refillSale, stateOf } from '../shop/look-ups.ts';
import { showMicros } from '../shop/money.ts';
import type { Sale } from '../shop/sales.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell } from '../shop/zoo-service.ts';

const WORDS: Readonly<Record<Reason, (refusal: Refusal) => string>> = {
  'wrong key': () => 'Invalid or disabled API key',
  'inactive account': () => 'Your account is not active',
  'too fast': () => 'Slow down! One order a second please',
  'no service': () => 'Service not found',
  'disabled service': () => 'Service unavailable right now, pick another one',
  'missing field': ({ field }) => `${field} is required`,
  'undocumented field': ({ field }) => `${field} is not allowed`,
  'bad link': () => 'Please provide a valid link',
  'busy link': () => 'You already have an order running for this link',
  'too few': ({ min }) => `Min order is ${min}`,
  'too many': ({ max }) => `Max order is ${max}`,
  'no money': () => 'Low balance. Please top up your wallet',
};

const DUPLICATE = json({
  error: 'E11000 duplicate key error collection: jerry.orders index: orderId_1 dup key: { orderId: 23502 }',
});

const ADD: AddWays = {
  resells: true,
  refuse: (refusal) => json({ error: WORDS[refusal.reason](refusal) }),
  accept: (sale) => json({ status: 'success', order: Number(sale.number) }),
  nextNumber: ({ sales }) => String(23_501 + sales.all.length),
  doubled: DUPLICATE,
  faults: [
    { did: [], answer: json({ error: 'buffering timed out after 10000ms' }) },
    { did: ['upstream'], answer: DUPLICATE },
    { did: ['upstream', 'money'], answer: DUPLICATE },
    { did: ['upstream'], answer: json({ error: 'Order validation failed: charge: Cast to Number failed for "NaN"' }) },
    { did: ['upstream', 'order', 'money'], answer: json({ status: 'error', message: 'socket hang up' }) },
    { did: ['upstream', 'order', 'money'], answer: json({ order: null }) },
  ],
};

export const JERRY: PanelKind = {
  id: 'jerry',
  currency: 'USD',
  startMicros: 3_141_590,
  quantity: 'ignored',
  subscriptionsBilled: 'at once',
  refusesBusyLinks: true,
  services: [
    sell('1448', 'Default', { min: 50 }),
    sell('1449', 'Default', { min: 50, truth: { min: 400, max: 800 } }),
    sell('1450', 'Mentions Custom List', { rateMicros: 8_000_000, max: 200 }),
    sell('1451', 'Web Traffic', { rateMicros: 400_000, min: 100 }),
    sell('1452', 'Mentions Hashtag', { min: 20 }),
    sell('1453', 'Default', { isDisabled: true }),
  ],
  answer: (form, shop) => {
    switch (form['action']) {
      case 'services':
        return json(shop.kind.services.map((each) => listEntry(each, showMicros(each.rateMicros, 4))));
      case 'balance':
        return json({ balance: showMicros(shop.balanceMicros, 5), currency: 'USD' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'status':
        return tellStates(form, shop);
      case 'refill':
        return change(form, shop, (sale) => json({ refill: refillSale(sale) }));
      case 'refill_status':
        return json(findRefilled(form, shop) ? { status: 'Pending' } : { error: 'Refill not found' });
      case 'cancel':
        return change(form, shop, (sale) => {
          cancelSale(sale, shop);
          return json({ cancel: { status: 'Success' } });
        });
      default:
        return json({ error: 'Invalid action' });
    }
  },
};

function tellStates(form: SentForm, shop: Shop): WireAnswer {
  const tell = (sale: Sale | undefined): object | string =>
    sale ? stateOf(sale, { charge: showMicros(sale.chargeMicros, 5), currency: 'USD' }) : 'Order not found';
  if (form['orders'] !== undefined) return json(mapById(idsOf(form['orders']), shop, tell));
  const sale = shop.sales.find(form['order'] ?? '');
  return json(sale ? tell(sale) : { error: 'Order not found' });
}

/** Reads `order` and nothing else. */
function change(form: SentForm, shop: Shop, act: (sale: Sale) => WireAnswer): WireAnswer {
  const sale = shop.sales.find(form['order'] ?? '');
  return sale ? act(sale) : json({ error: 'Incorrect order ID' });
}
