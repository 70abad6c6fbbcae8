/**
 * OwnSMM and its kin (PHP): one order at a time for states, `null` for refills, warnings of PHP before the JSON, and
 * limits of 0 that mean none. Wants `quantity` whatever the type.
 */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason } from '../shop/judge-order.ts';
import { cancelSale, stateOf } from '../shop/look-ups.ts';
import { showMicros } from '../shop/money.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { html, json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell, sellAllTypes } from '../shop/zoo-service.ts';

const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key "interval" in <b>/home/panel/public_html/api/v2.php</b> on line ' +
  '<b>214</b><br />\n';

const WORDS: Readonly<Record<Reason, string>> = {
  'wrong key': 'Invalid API key',
  'inactive account': 'Account disabled',
  'too fast': 'Rate limit exceeded',
  'no service': 'Invalid service',
  'disabled service': 'Service is disabled',
  'missing field': 'Missing required parameters',
  'undocumented field': 'Invalid parameters',
  'bad link': 'Invalid link',
  'busy link': 'Active order with this link exists',
  'too few': 'Quantity is below the minimum',
  'too many': 'Quantity is above the maximum',
  'no money': 'Insufficient balance',
};

const ADD: AddWays = {
  resells: false,
  refuse: ({ reason }) => json({ error: WORDS[reason] }),
  accept: (sale) => html(`${Number(sale.number) % 3 === 0 ? WARNING : ''}{"order":"${sale.number}"}`),
  faults: [
    { did: [], answer: html(`${WARNING}{"error":"SQLSTATE[HY000] [2002] Connection refused"}`) },
    { did: [], answer: 'hang up' },
    { did: [], answer: json({ order: 'insufficient_balance' }) },
    { did: ['order'], answer: json({ error: "Duplicate entry '5' for key 'PRIMARY'" }) },
    { did: ['order', 'money'], answer: html(`${WARNING}null`) },
    { did: ['order', 'money'], answer: json({ error: 'Could not write to the log table' }) },
    { did: ['order', 'money'], answer: html('<b>Fatal error</b>:  Uncaught TypeError: count()', 500) },
  ],
};

export const OWN_SMM: PanelKind = {
  id: 'ownsmm',
  currency: 'USD',
  startMicros: 4_000_000,
  quantity: 'demanded',
  subscriptionsBilled: 'at once',
  refusesBusyLinks: true,
  services: [
    sell('1', 'Default', { min: 0, max: 0 }),
    sell('2', 'Default', { min: 0, max: 0, rateMicros: 150_000, truth: { min: 100, max: 1_000 } }),
    sell('3', 'Default', { min: 0, max: 0, isDisabled: true }),
    ...sellAllTypes(20, { min: 0, max: 0 }),
  ],
  answer: (form, shop) => {
    switch (form['action']) {
      case 'services':
        return json(shop.kind.services.map((each) => listEntry(each, Number(showMicros(each.rateMicros, 3)))));
      case 'balance':
        return json({ balance: showMicros(shop.balanceMicros, 6), currency: 'USD' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'status':
        return tellState(form, shop);
      case 'cancel':
        return cancel(form, shop);
      default:
        return html('null');
    }
  },
};

function tellState(form: SentForm, shop: Shop): WireAnswer {
  const sale = shop.sales.find(form['order'] ?? '');
  if (!sale) return json({ error: 'Incorrect order ID' });
  return json(stateOf(sale, { charge: Number(showMicros(sale.chargeMicros, 6)), currency: 'USD' }));
}

/** A list is taken for one number that it does not have. */
function cancel(form: SentForm, shop: Shop): WireAnswer {
  const sale = shop.sales.find(form['order'] ?? form['orders'] ?? '');
  if (!sale) return json({ error: 'Incorrect order ID' });
  cancelSale(sale, shop);
  return json([{ order: Number(sale.number), cancel: 1 }]);
}
