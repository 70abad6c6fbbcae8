import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, findService, type ListedService, startCaller } from './panel-caller.ts';

type Form = Record<string, string>;

const LINES = Array.from({ length: 10 }, (_, index) => `line${index}`).join('\n');

/** A good form of each type; `quantity` and the limits of a subscription are set to the service's least. */
const FORMS: Record<string, Form> = {
  Default: { quantity: '' },
  Package: {},
  SEO: { quantity: '', keywords: 'one\ntwo' },
  'Custom Comments': { comments: LINES },
  'Custom Comments Package': { comments: 'nice\r\ngreat' },
  Mentions: { quantity: '', usernames: 'a\nb' },
  'Mentions with Hashtags': { quantity: '', usernames: 'a', hashtags: '#b' },
  'Mentions Custom List': { usernames: LINES },
  'Mentions Hashtag': { quantity: '', hashtag: 'sun' },
  'Mentions User Followers': { quantity: '', username: 'someone' },
  'Mentions Media Likers': { quantity: '', media: 'https://instagram.com/p/xyz' },
  'Comment Likes': { quantity: '', username: 'someone' },
  'Comment Replies': { username: 'someone', comments: LINES },
  Poll: { quantity: '', answer_number: '2' },
  'Invites from Groups': { quantity: '', groups: 'https://t.me/one' },
  Subscriptions: { username: 'someone', min: '', max: '', delay: '30' },
  'Web Traffic': { quantity: '', country: 'FR', device: '1', type_of_traffic: '1' },
};

let caller: Caller;
let services: ListedService[];
let links = 0;

beforeAll(async () => {
  caller = await startCaller();
  services = await caller.services();
});
afterAll(() => caller.panel.close());

function formFor(service: ListedService, changes: Form = {}): Form {
  const target: Form =
    service.type === 'Subscriptions' ? { username: `user${links++}` } : { link: `https://example.com/${links++}` };
  const fields = Object.entries({ ...FORMS[service.type], ...target }).map(([name, value]) => [
    name,
    value === '' ? service.min : value,
  ]);
  const form: Form = { service: String(service.service), ...Object.fromEntries(fields), ...changes };
  return form;
}

function add(service: ListedService, changes: Form = {}): Promise<unknown> {
  return caller.call('add', formFor(service, changes));
}

describe.each(Object.keys(FORMS))('add of type %s', (type) => {
  const service = () => findService(services, type, ({ min }) => !LINES.includes(min) || Number(min) <= 10);

  it('places an order of all that is required', async () => {
    expect(await add(service())).toEqual({ order: expect.any(Number) });
  });

  it('refuses a form that lacks a required field', async () => {
    for (const field of Object.keys(formFor(service()))) {
      const answer = await add(service(), { [field]: '' });
      const errors = { service: 'Incorrect service ID', link: 'Incorrect link', quantity: 'Incorrect quantity' };
      expect([field, answer]).toEqual([field, { error: errors[field as keyof typeof errors] ?? 'Incorrect request' }]);
    }
  });

  it('refuses a field of another type and ignores one of no type', async () => {
    const foreign: Form = type === 'Poll' ? { hashtag: 'sun' } : { answer_number: '2' };
    expect(await add(service(), foreign)).toEqual({ error: 'Incorrect request' });
    expect(await add(service(), { request_id: 'a1' })).toHaveProperty('order');
  });
});

describe('add', () => {
  const refusals: [string, string, Form, string][] = [
    ['an unknown service', 'Default', { service: '999999' }, 'Incorrect service ID'],
    ['a service id that is no number', 'Default', { service: 'x' }, 'Incorrect service ID'],
    ['a link with a space', 'Default', { link: 'https://example.com/a b' }, 'Incorrect link'],
    ['a link without a host', 'Default', { link: 'nothing' }, 'Incorrect link'],
    ['a quantity with decimals', 'Default', { quantity: '100.5' }, 'Incorrect quantity'],
    ['a quantity of words', 'Default', { quantity: 'many' }, 'Incorrect quantity'],
    ['a package of two', 'Package', { quantity: '2' }, 'Incorrect quantity'],
    ['runs without interval', 'Default', { runs: '2' }, 'Incorrect request'],
    ['interval without runs', 'Default', { interval: '2' }, 'Incorrect request'],
    ['no runs at all', 'Default', { runs: '0', interval: '10' }, 'Incorrect request'],
    ['blank comments', 'Custom Comments', { comments: '\n \n' }, 'Incorrect request'],
    ['an unknown device', 'Web Traffic', { device: '6' }, 'Incorrect request'],
    ['an unknown kind of traffic', 'Web Traffic', { type_of_traffic: '4' }, 'Incorrect request'],
    ['an address for search traffic', 'Web Traffic', { referring_url: 'https://a.example' }, 'Incorrect request'],
    ['a delay off the list', 'Subscriptions', { delay: '7' }, 'Incorrect request'],
    ['an expiry that is no day', 'Subscriptions', { expiry: '31/02/2027' }, 'Incorrect request'],
    ['an expiry in another form', 'Subscriptions', { expiry: '2027-02-01' }, 'Incorrect request'],
    ['an expiry in the past', 'Subscriptions', { expiry: '09/05/2026' }, 'Incorrect request'],
  ];
  it.each(refusals)('refuses %s', async (_, type, changes, error) => {
    expect(await add(findService(services, type), changes)).toEqual({ error });
  });

  it('refuses quantities outside the limits, with the limit in the text', async () => {
    const service = findService(services, 'Default');
    const least = { error: `Quantity less than minimal ${service.min}` };
    const most = { error: `Quantity more than maximum ${service.max}` };
    expect(await add(service, { quantity: String(Number(service.min) - 1) })).toEqual(least);
    expect(await add(service, { quantity: String(Number(service.max) + 1) })).toEqual(most);
  });

  it('counts the lines of comments against the limits', async () => {
    const service = findService(services, 'Custom Comments', ({ min }) => Number(min) > 1);
    const answer = await add(service, { comments: 'only one\n\n' });
    expect(answer).toEqual({ error: `Quantity less than minimal ${service.min}` });
  });

  it('holds the limits of a subscription against those of the service', async () => {
    const service = findService(services, 'Subscriptions');
    const { min, max } = service;
    expect(await add(service, { min: String(Number(min) - 1) })).toEqual({
      error: `Quantity less than minimal ${min}`,
    });
    expect(await add(service, { max: String(Number(max) + 1) })).toEqual({
      error: `Quantity more than maximum ${max}`,
    });
    expect(await add(service, { min: max, max: min })).toEqual({ error: 'Incorrect request' });
  });

  it('takes every optional field', async () => {
    const traffic = findService(services, 'Web Traffic');
    const search = { runs: '2', interval: '10', google_keyword: 'best shoes' };
    expect(await add(traffic, search)).toHaveProperty('order');
    expect(await add(traffic, { type_of_traffic: '2', referring_url: 'https://a.example' })).toHaveProperty('order');
    const limits = { posts: '3', old_posts: '0', expiry: '01/02/2027' };
    expect(await add(findService(services, 'Subscriptions'), limits)).toHaveProperty('order');
    expect(await add(findService(services, 'Package'), { quantity: '1' })).toHaveProperty('order');
    expect(await add(findService(services, 'Default'), { link: `instagram.com/${links++}` })).toHaveProperty('order');
  });

  it('refuses a second open order of the same service and link, and takes it once the first has ended', async () => {
    const service = findService(services, 'Default');
    const form = formFor(service);
    expect(await caller.call('add', form)).toHaveProperty('order');
    expect(await caller.call('add', form)).toEqual({
      error: 'You have active order with this link. Please wait until order being completed.',
    });
    const other = findService(
      services,
      'Default',
      (another) => another.service !== service.service && another.min === service.min,
    );
    expect(await add(other, { link: form['link']! })).toHaveProperty('order');
    caller.clock.now += 120_000;
    expect(await caller.call('add', form)).toHaveProperty('order');
  });

  it('takes an interval alone as pica, whose page has no runs', async () => {
    await using pica = await startCaller({ flavour: 'pica' });
    const service = findService(await pica.services(), 'Default');
    expect(await pica.place(service, { link: 'https://a.example', quantity: service.min, interval: 5 })).toBeTypeOf(
      'number',
    );
  });
});
