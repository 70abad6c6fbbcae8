/**
 * SmartPanel (PHP, CodeIgniter): notices in HTML before the JSON, `text/html` throughout, no refills. Adds that run at
 * one time read one balance: for all but the first the account has changed meanwhile, and they end without a word and
 * unpaid, after the order was made.
 */
import { setTimeout as work } from 'node:timers/promises';
import type { SentForm } from '../../support/scripted-panel.ts';
import { judgeOrder, type Reason, type Refusal } from '../shop/judge-order.ts';
import { cancelAll, idsOf, mapById, stateOf } from '../shop/look-ups.ts';
import { showMicros } from '../shop/money.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import type { Fault } from '../shop/take-order.ts';
import { html, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell } from '../shop/zoo-service.ts';

const NOTICE =
  '<div style="border:1px solid #990000;padding-left:20px"><h4>A PHP Error was encountered</h4>' +
  '<p>Severity: Notice</p><p>Message: Undefined index: runs</p><p>Filename: controllers/api.php</p></div>\n';
const ERROR_500 =
  '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>An Error Was Encountered</h1>' +
  '<p>The action you have requested is not available.</p></body></html>';

const NO_ORDER = 'Incorrect order ID';

const WORDS: Readonly<Record<Reason, string>> = {
  'wrong key': 'API is Disable for this user or User Not Found! Contact the Support',
  'inactive account': 'Your account is suspended',
  'too fast': 'Too many requests, slow down',
  'no service': 'Service ID does not exists',
  'disabled service': 'This service is currently not active',
  'missing field': 'is required',
  'undocumented field': 'Unexpected parameter',
  'bad link': 'The link you entered is not valid',
  'busy link': 'There is an order in progress for this link',
  'too few': 'You did not meet the minimum number.',
  'too many': 'The maximum number has been exceeded.',
  'no money': 'You do not have enough funds to place this order',
};

const FAULTS: readonly Fault[] = [
  { did: [], answer: html(ERROR_500, 500) },
  { did: [], answer: html('<p>Unable to connect to your database server using the provided settings.</p>') },
  { did: ['order'], answer: html('') },
  { did: ['order', 'money'], answer: html(NOTICE) },
  { did: ['order', 'money'], answer: html(`${NOTICE}{"error":"A database error occurred: Deadlock found"}`) },
  { did: ['order', 'money'], answer: html(`${NOTICE}{"order":`) },
];

export const SMARTPANEL: PanelKind = {
  id: 'smartpanel',
  currency: 'USD',
  startMicros: 6_842_900,
  quantity: 'demanded',
  subscriptionsBilled: 'a post',
  refusesBusyLinks: false,
  services: [
    sell('11', 'Default', { min: 50 }),
    sell('12', 'Package', { rateMicros: 1_250_000 }),
    sell('13', 'Custom Comments', { rateMicros: 12_000_000, max: 100 }),
    sell('14', 'Default', { min: 50, truth: { min: 120, max: 2_000 } }),
    sell('15', 'Default', { min: 50, isDisabled: true }),
    sell('16', 'Subscriptions', { min: 10 }),
  ],
  answer: async (form, shop) => {
    switch (form['action']) {
      case 'services':
        return say(shop.kind.services.map((each) => listEntry(each, showMicros(each.rateMicros, 2))));
      case 'balance':
        return say({ status: 'success', balance: showMicros(shop.balanceMicros, 4), currency: 'USD' });
      case 'add':
        return addOrder(readForm(form), shop);
      case 'status':
        return say(tellStates(form, shop));
      case 'cancel':
        return say(cancelAll(form, shop, NO_ORDER));
      default:
        return html(ERROR_500, 500);
    }
  },
};

/** It decodes links a second time, and takes ` | ` for the end of a comment. */
function readForm(form: SentForm): SentForm {
  const { link, comments } = form;
  return {
    ...form,
    ...(link === undefined ? {} : { link: decodeURIComponent(link.replaceAll('+', ' ')) }),
    ...(comments === undefined ? {} : { comments: comments.replaceAll(' | ', '\n') }),
  };
}

async function addOrder(form: SentForm, shop: Shop): Promise<WireAnswer> {
  const verdict = judgeOrder(form, shop);
  const chance = shop.chanceOf(`add ${form['link']} ${form['username']}`);
  const notice = chance.chance(0.3) ? NOTICE : '';
  if ('refusal' in verdict) return html(`${notice}${JSON.stringify({ error: wordsFor(verdict.refusal) })}`);
  const { draft } = verdict;
  const fault = chance.chance(shop.weather.faults) ? chance.pick(FAULTS) : null;
  const balanceRead = shop.balanceMicros;
  await work(chance.between(1, 5));
  if (fault?.did.length === 0) return fault.answer;
  const sale = shop.sales.make(draft, shop.nextNumber());
  await work(chance.between(1, 5));
  if (shop.balanceMicros !== balanceRead) return html('');
  if (!fault || fault.did.includes('money')) shop.balanceMicros = balanceRead - draft.chargeMicros;
  return fault?.answer ?? html(`${notice}${JSON.stringify({ status: 'success', order: Number(sale.number) })}`);
}

function wordsFor({ reason, field }: Refusal): string {
  const name = field.slice(0, 1).toUpperCase() + field.slice(1);
  return reason === 'missing field' ? `${name} ${WORDS[reason]}` : WORDS[reason];
}

function tellStates(form: SentForm, shop: Shop): object {
  const tell = (sale: ReturnType<Shop['sales']['find']>): object =>
    sale ? stateOf(sale, { charge: showMicros(sale.chargeMicros, 4), currency: 'USD' }) : { error: NO_ORDER };
  return form['orders'] === undefined
    ? tell(shop.sales.find(form['order'] ?? ''))
    : mapById(idsOf(form['orders']), shop, tell);
}

function say(value: unknown): WireAnswer {
  return html(JSON.stringify(value));
}
