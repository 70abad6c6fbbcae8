/**
 * A panel behind a proxy that loses patience: 502 and 504 in HTML after the order was bought. Its balance shows whole
 * cents, so that a cheap order leaves no trace in it.
 */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason } from '../shop/judge-order.ts';
import { cancelAll, findRefilled, idsOf, mapById, refillAll, stateOf } from '../shop/look-ups.ts';
import { showMicros } from '../shop/money.ts';
import type { Sale } from '../shop/sales.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { html, json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell } from '../shop/zoo-service.ts';

const NO_ORDER = 'error.incorrect_order_id';

const WORDS: Readonly<Record<Reason, string>> = {
  'wrong key': 'error.incorrect_api_key',
  'inactive account': 'error.account_suspended',
  'too fast': 'error.rate_limit',
  'no service': 'error.incorrect_service_id',
  'disabled service': 'neworder.error.service_disabled',
  'missing field': 'neworder.error.fields',
  'undocumented field': 'neworder.error.fields',
  'bad link': 'neworder.error.invalid_link',
  'busy link': 'neworder.error.link_duplicate',
  'too few': 'neworder.error.min_quantity',
  'too many': 'neworder.error.max_quantity',
  'no money': 'neworder.error.not_enough_funds',
};

const ADD: AddWays = {
  resells: true,
  refuse: ({ reason }) => json({ error: WORDS[reason] }),
  accept: (sale) => json({ order: Number(sale.number) }),
  faults: [
    { did: [], answer: page(502, 'Bad Gateway') },
    { did: ['upstream', 'order', 'money'], answer: page(502, 'Bad Gateway') },
    { did: ['upstream', 'order', 'money'], answer: page(504, 'Gateway Time-out') },
    { did: ['upstream', 'order', 'money'], answer: page(403, 'Just a moment...') },
    { did: ['upstream', 'order', 'money'], answer: page(200, 'Checking your browser') },
    { did: ['upstream', 'order', 'money'], answer: json({ error: 'neworder.error.unexpected' }) },
    { did: ['upstream', 'order', 'money'], answer: 'silence' },
  ],
};

export const PROXIED: PanelKind = {
  id: 'proxied',
  currency: 'USD',
  startMicros: 5_100_000,
  quantity: 'ignored',
  subscriptionsBilled: 'at once',
  refusesBusyLinks: true,
  services: [
    sell('900', 'Default', { rateMicros: 9_000, min: 10, max: 300 }),
    sell('901', 'Default', { min: 50 }),
    sell('902', 'Default', { min: 10, truth: { min: 150, max: 600 } }),
    sell('903', 'Invites from Groups', { min: 20, rateMicros: 4_000_000 }),
    sell('904', 'Comment Replies', { rateMicros: 15_000_000, max: 100 }),
    sell('905', 'Default', { isDisabled: true }),
  ],
  answer: (form, shop) => {
    switch (form['action']) {
      case 'services':
        return json(shop.kind.services.map((each) => listEntry(each, showMicros(each.rateMicros, 3))));
      case 'balance':
        return json({ balance: showMicros(shop.balanceMicros, 2), currency: 'USD' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'status':
        return tellStates(form, shop);
      case 'refill':
        return json(refillAll(form, shop, NO_ORDER));
      case 'refill_status':
        return json(findRefilled(form, shop) ? { status: 'Pending' } : { error: 'error.refill_not_found' });
      case 'cancel':
        return json(cancelAll(form, shop, NO_ORDER));
      default:
        return json({ error: 'error.incorrect_action' });
    }
  },
};

function page(status: number, title: string): WireAnswer {
  return html(`<html><head><title>${title}</title></head><body><h1>${title}</h1><hr>nginx</body></html>`, status);
}

function tellStates(form: SentForm, shop: Shop): WireAnswer {
  const tell = (sale: Sale | undefined): object =>
    sale ? stateOf(sale, { charge: showMicros(sale.chargeMicros, 6), currency: 'USD' }) : { error: NO_ORDER };
  if (form['orders'] !== undefined) return json(mapById(idsOf(form['orders']), shop, tell));
  return json(tell(shop.sales.find(form['order'] ?? '')));
}
