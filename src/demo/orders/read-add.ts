import type { DemoService } from '../catalogue/generate-services.ts';
import { Refused } from '../refused.ts';
import { ADD_RULES, type AddField, expiryAt, FIELD_CHECKS, linesOf } from './add-rules.ts';

/** What an accepted `add` asks for. Intervals and delays are left out: demo time is shorter than theirs. */
export type AddRequest =
  | { kind: 'single'; link: string; quantity: number }
  | { kind: 'drip'; link: string; quantity: number; runs: number }
  | {
      kind: 'subscription';
      link: string;
      min: number;
      max: number;
      /** Future posts; null for as many as come. */
      posts: number | null;
      oldPosts: number;
      expiry: string;
      expiresAt: number | null;
    };

/** The form of an `add`; a field that is empty counts as not sent. */
export type AddForm = Readonly<Record<string, string>>;

/**
 * Reads the fields of `add` for a service, strictly: all that its type requires, nothing that belongs to another
 * type, every value well formed and within the service's limits. Fields that no type knows are ignored, as an
 * idempotency parameter would be. Throws {@link Refused} with the documented text.
 */
export function readAdd(
  form: AddForm,
  service: DemoService,
  { now, takesIntervalAlone }: { now: number; takesIntervalAlone: boolean },
): AddRequest {
  checkFields(form, service);
  if (service.type === 'Subscriptions') return readSubscription(form, service, now);
  const link = form['link']!;
  const quantity = quantityOf(form, service);
  checkLimits(quantity, quantity, service);
  checkTraffic(form);
  const { runs, interval } = form;
  if (runs && interval) return { kind: 'drip', link, quantity, runs: Number(runs) };
  if (runs || (interval && !takesIntervalAlone)) throw new Refused('Incorrect request');
  return { kind: 'single', link, quantity };
}

function checkFields(form: AddForm, service: DemoService): void {
  const rule = ADD_RULES[service.type];
  for (const field of Object.keys(FIELD_CHECKS) as AddField[]) {
    const text = form[field] ?? '';
    const isRequired = rule.required.includes(field);
    if (text === '' && !isRequired) continue;
    const belongs = isRequired || rule.optional.includes(field);
    if (!belongs || text === '' || !FIELD_CHECKS[field](text)) throw new Refused(belongs ? textFor(field) : OTHER);
  }
}

const OTHER = 'Incorrect request';

function textFor(field: AddField): string {
  if (field === 'link') return 'Incorrect link';
  return field === 'quantity' ? 'Incorrect quantity' : OTHER;
}

function quantityOf(form: AddForm, service: DemoService): number {
  const source = ADD_RULES[service.type].quantity;
  switch (source) {
    case 'quantity':
      return Number(form['quantity']);
    case 'comments':
    case 'usernames':
      return linesOf(form[source]!).length;
    case 'package':
      if ((form['quantity'] || '1') !== '1') throw new Refused('Incorrect quantity');
      return 1;
    case 'posts':
      throw new Error('a subscription has no quantity');
    default:
      return source satisfies never;
  }
}

function checkLimits(least: number, most: number, service: DemoService): void {
  if (least < service.min) throw new Refused(`Quantity less than minimal ${service.min}`);
  if (most > service.max) throw new Refused(`Quantity more than maximum ${service.max}`);
}

/** A keyword is for visitors from Google (traffic 1), an address for those from elsewhere (traffic 2). */
function checkTraffic(form: AddForm): void {
  if (form['google_keyword'] && form['type_of_traffic'] !== '1') throw new Refused(OTHER);
  if (form['referring_url'] && form['type_of_traffic'] !== '2') throw new Refused(OTHER);
}

function readSubscription(form: AddForm, service: DemoService, now: number): AddRequest {
  const min = Number(form['min']);
  const max = Number(form['max']);
  checkLimits(min, max, service);
  const expiry = form['expiry'] ?? '';
  const expiresAt = expiry === '' ? null : expiryAt(expiry);
  if (min > max || (expiresAt !== null && expiresAt <= now)) throw new Refused(OTHER);
  return {
    kind: 'subscription',
    link: form['username']!,
    min,
    max,
    posts: form['posts'] ? Number(form['posts']) : null,
    oldPosts: Number(form['old_posts'] || '0'),
    expiry,
    expiresAt,
  };
}
