/** Whether a panel takes an order: the checks that all of them make before they buy, each with its own words. */
import type { SentForm } from '../../support/scripted-panel.ts';
import { type CountedBy, ORDER_TYPES, type OrderType } from './order-types.ts';
import type { Draft } from './sales.ts';
import type { Shop } from './shop.ts';
import type { ZooService } from './zoo-service.ts';

export type Reason =
  | 'wrong key'
  | 'inactive account'
  | 'too fast'
  | 'no service'
  | 'disabled service'
  | 'missing field'
  | 'undocumented field'
  | 'bad link'
  | 'busy link'
  | 'too few'
  | 'too many'
  | 'no money';

export interface Refusal {
  readonly reason: Reason;
  /** The field that is missing or too much; empty for any other reason. */
  readonly field: string;
  readonly min: number;
  readonly max: number;
}

export type Verdict = { readonly refusal: Refusal } | { readonly draft: Draft };

/** Changes nothing. `link` of the form is taken as it comes: a panel that decodes it does so before. */
export function judgeOrder(form: SentForm, shop: Shop): Verdict {
  const mark = findMark(form);
  const chance = shop.chanceOf(`whim ${mark}`);
  if (chance.chance(shop.weather.whims)) {
    return refuse(chance.pick<Reason>(['wrong key', 'inactive account', 'too fast']));
  }
  const service = shop.findService(form['service']);
  if (!service) return refuse('no service');
  if (service.isDisabled) return refuse('disabled service');
  return judgeFields(form, service, shop) ?? judgeAmounts(form, service, shop, mark);
}

function judgeFields(form: SentForm, service: ZooService, { kind, sales }: Shop): Verdict | null {
  const type: OrderType = ORDER_TYPES[service.type];
  const isFree = type.required.includes('quantity') || type.countedBy === 'posts';
  const demanded = kind.quantity === 'demanded' && !isFree ? [...type.required, 'quantity'] : type.required;
  const missing = demanded.find((field) => !form[field]);
  if (missing) return refuse('missing field', { field: missing });
  const known = ['action', 'service', ...type.required, ...type.optional];
  const extra = Object.keys(form).find((field) => !known.includes(field));
  if (extra && kind.quantity === 'refused') return refuse('undocumented field', { field: extra });
  const link = form['link'];
  if (link === undefined) return null;
  if (!link.startsWith('https://') || link.includes('broken')) return refuse('bad link', { field: 'link' });
  return kind.refusesBusyLinks && sales.isBusy(link) ? refuse('busy link') : null;
}

function judgeAmounts(form: SentForm, service: ZooService, shop: Shop, mark: string): Verdict {
  const { countedBy }: OrderType = ORDER_TYPES[service.type];
  const count = countUnits(countedBy, form);
  const { min, max } = service.truth ?? service;
  const limits = { field: 'quantity', min, max };
  if (countedBy !== 'package' && count < min) return refuse('too few', limits);
  if (countedBy !== 'package' && max > 0 && count > max) return refuse('too many', limits);
  const units = count * timesOf(countedBy, form);
  const price = countedBy === 'package' ? service.rateMicros : (service.rateMicros / 1000) * units;
  const isBilledLater = countedBy === 'posts' && shop.kind.subscriptionsBilled === 'a post';
  if (price > shop.balanceMicros) return refuse('no money');
  const link = form['link'] ?? form['username'] ?? '';
  const chargeMicros = isBilledLater ? 0 : price;
  return { draft: { mark, link, serviceNumber: service.number, quantity: units, chargeMicros } };
}

function countUnits(countedBy: CountedBy, form: SentForm): number {
  if (countedBy === 'package') return 1;
  if (countedBy === 'posts') return Number(form['max']);
  return countedBy === 'quantity' ? Number(form['quantity']) : countLines(form[countedBy.linesOf] ?? '');
}

/** Runs of a drip-feed, posts of a subscription. */
function timesOf(countedBy: CountedBy, form: SentForm): number {
  if (countedBy === 'posts') return Number(form['posts'] ?? 0) + Number(form['old_posts'] ?? 0);
  return countedBy === 'quantity' ? Number(form['runs'] ?? 1) : 1;
}

function countLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

function refuse(reason: Reason, more: Partial<Refusal> = {}): Verdict {
  return { refusal: { field: '', min: 0, max: 0, ...more, reason } };
}

/** The mark that a test has put into the link or the user name; empty where there is none. */
export function findMark(form: SentForm): string {
  const text = `${form['link'] ?? ''} ${form['username'] ?? ''}`;
  return /zoo-\d{1,9}/u.exec(text)?.[0] ?? '';
}
