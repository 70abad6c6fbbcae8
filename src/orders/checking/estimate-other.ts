/**
 * What an order in the panel's own parameters will cost. Every parameter counts that may multiply it, and where a panel
 * may reckon in another way than we do the charge is not known: a guess would be let through by `maxCharge`.
 */
import { priceOf } from '../../domain/money.ts';
import type { OrderParameter } from '../../domain/order-forms.ts';
import type { Service } from '../../domain/service.ts';
import { ADD_FIELDS } from '../../providers/dialects/standard/add-fields.ts';
import { type OrderEstimate, unknownEstimate } from './order-estimate.ts';
import { nameAsRead, readCount } from './other-parameters.ts';

/** Reckons the parameters, which have been found in order. */
export function estimateOther(service: Service, parameters: readonly OrderParameter[]): OrderEstimate {
  const unclear = parameters.find(({ name, value }) => mayMultiply(name, value));
  if (unclear) return unknownEstimate(`the panel may multiply it by \`${unclear.name}\``);
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  const units = unitsOfRun(values);
  if (typeof units === 'string') return unknownEstimate(units);
  // Some panels take no runs at all for one.
  const runs = Math.max(1, readCount(values.get('runs') ?? '1') ?? Number.NaN);
  const quantity = units * runs;
  if (!Number.isSafeInteger(quantity)) return unknownEstimate('its total quantity cannot be told');
  return { quantity, charge: priceOf(service.rate, quantity) };
}

/** Lists of the documented forms, and what splits a line in two at some panels. Comments hold commas of their own. */
const LISTS: ReadonlyMap<string, RegExp> = new Map([
  ['comments', /[|\\]/],
  ['keywords', /[|\\,;]/],
  ['groups', /[|\\,;]/],
  ['usernames', /[|\\,; \t]/],
  ['hashtags', /[|\\,; \t]/],
]);
const OF_POSTS = ['min', 'max', 'posts', 'old_posts'];
/** `Runs` is no parameter that is documented, and may be read as the one that is. */
const DOCUMENTED_AS_READ: ReadonlySet<string> = new Set(Array.from(ADD_FIELDS, nameAsRead));

/**
 * What no documented form has may be a factor where it may be read as a number or as a list. What begins with a letter
 * is no number in the languages that panels are written in.
 */
function mayMultiply(name: string, value: string): boolean {
  if (LISTS.has(name)) return false;
  if (/[\r\n\u0085\u2028\u2029]/.test(value)) return true;
  return !ADD_FIELDS.has(name) && (DOCUMENTED_AS_READ.has(nameAsRead(name)) || !/^(?:\p{L}|$)/u.test(value));
}

/** Units of one run, or why they cannot be told. */
function unitsOfRun(values: ReadonlyMap<string, string>): number | string {
  const lists = [...LISTS.keys()].filter((name) => values.has(name));
  const quantity = values.get('quantity');
  if (OF_POSTS.some((name) => values.has(name))) {
    return quantity === undefined && lists.length === 0 ? unitsOfPosts(values) : 'it is counted in more than one way';
  }
  const mostLines = Math.max(0, ...lists.map((name) => countLines(name, values.get(name) ?? '')));
  if (Number.isNaN(mostLines)) return `panels split \`${lists.join('`, `')}\` in different ways`;
  if (quantity === undefined) return lists.length === 1 ? mostLines : 'it has no `quantity`';
  const units = readCount(quantity) ?? 0;
  return mostLines <= units ? units : 'it has more lines than its `quantity`';
}

/** As of a subscription: without posts, for which some panels take 0, too, it has no end. */
function unitsOfPosts(values: ReadonlyMap<string, string>): number | string {
  const [max, posts, oldPosts] = ['max', 'posts', 'old_posts'].map((name) => readCount(values.get(name) ?? '0'));
  if (!max || !posts || oldPosts === null || oldPosts === undefined) return 'it has no number of `posts`, or no `max`';
  return max * (posts + oldPosts);
}

/** NaN where panels may count differently. */
function countLines(name: string, text: string): number {
  if (LISTS.get(name)?.test(text) || /[\u0085\u2028\u2029]/.test(text)) return Number.NaN;
  return text.split(/\r\n|\r|\n/).length;
}
