/**
 * Estimates the charge of an order in the panel's own parameters. Every parameter that may multiply the charge is taken
 * into account. The charge counts as unknown where panels may compute it in different ways, since `maxCharge` must not
 * let an order pass on a guess.
 */
import { priceOf } from '../../domain/money.ts';
import type { OrderParameter } from '../../domain/order-forms.ts';
import type { Service } from '../../domain/service.ts';
import { ADD_FIELDS } from '../../providers/dialects/standard/add/add-fields.ts';
import { type OrderEstimate, unknownEstimate } from './order-estimate.ts';
import { nameAsRead, readCount } from './other-parameters.ts';

/** Takes parameters in which `findParameterIssues` has found no problem. */
export function estimateOther(service: Service, parameters: readonly OrderParameter[]): OrderEstimate {
  const unclear = parameters.find(({ name, value }) => mayMultiply(name, value));
  if (unclear) return unknownEstimate(`the panel may multiply it by \`${unclear.name}\``);
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  const units = unitsOfRun(values);
  if (typeof units === 'string') return unknownEstimate(units);
  // Some panels read 0 runs as 1.
  const runs = Math.max(1, readCount(values.get('runs') ?? '1') ?? Number.NaN);
  const quantity = units * runs;
  if (!Number.isSafeInteger(quantity)) return unknownEstimate('its total quantity cannot be told');
  return { quantity, charge: priceOf(service.rate, quantity) };
}

/** The lists of the documented forms, with the characters at which some panels split a line. Comments may hold commas. */
const LISTS: ReadonlyMap<string, RegExp> = new Map([
  ['comments', /[|\\]/],
  ['keywords', /[|\\,;]/],
  ['groups', /[|\\,;]/],
  ['usernames', /[|\\,; \t]/],
  ['hashtags', /[|\\,; \t]/],
]);
const OF_POSTS = ['min', 'max', 'posts', 'old_posts'];
/** The documented fields as a lenient panel reads them: `Runs` is not documented, but may be read as `runs`. */
const DOCUMENTED_AS_READ: ReadonlySet<string> = new Set(Array.from(ADD_FIELDS, nameAsRead));

/**
 * Whether a panel may multiply the charge by the parameter. An undocumented parameter may be a factor if its value can
 * be read as a number or as a list. A value that begins with a letter is no number in the languages that panels are
 * written in.
 */
function mayMultiply(name: string, value: string): boolean {
  if (LISTS.has(name)) return false;
  if (/[\r\n\u0085\u2028\u2029]/.test(value)) return true;
  return !ADD_FIELDS.has(name) && (DOCUMENTED_AS_READ.has(nameAsRead(name)) || !/^(?:\p{L}|$)/u.test(value));
}

/** The units of one run, or the reason why they are not known. */
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

/** As for a subscription: without `posts`, or with 0 at some panels, it has no end. */
function unitsOfPosts(values: ReadonlyMap<string, string>): number | string {
  const [max, posts, oldPosts] = ['max', 'posts', 'old_posts'].map((name) => readCount(values.get(name) ?? '0'));
  if (!max || !posts || oldPosts === null || oldPosts === undefined) return 'it has no number of `posts`, or no `max`';
  return max * (posts + oldPosts);
}

/** NaN where panels may count the lines differently. */
function countLines(name: string, text: string): number {
  if (LISTS.get(name)?.test(text) || /[\u0085\u2028\u2029]/.test(text)) return Number.NaN;
  return text.split(/\r\n|\r|\n/).length;
}
