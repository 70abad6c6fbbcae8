import { describe, expect, it } from 'vitest';
import type { OrderDetails, OrderParameter } from '../../../src/domain/order-forms.ts';
import { findDetailsIssues } from '../../../src/orders/checking/details-issues.ts';
import { estimateOrder } from '../../../src/orders/checking/estimate-charge.ts';
import { service } from '../../catalogue/support/samples.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const OTHER = service({ type: 'OTHER', rate: '0.90', min: 10, max: 1000 });

function detailsOf(fields: Readonly<Record<string, string>> | readonly (readonly [string, string])[]): OrderDetails {
  const entries: readonly (readonly [string, string])[] = Array.isArray(fields) ? fields : Object.entries(fields);
  return { form: 'other', parameters: entries.map(([name, value]): OrderParameter => ({ name, value })) };
}

const issuesOf = (fields: Parameters<typeof detailsOf>[0]) =>
  findDetailsIssues(OTHER, detailsOf(fields)).map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);
const estimateOf = (fields: Readonly<Record<string, string>>) => estimateOrder(OTHER, detailsOf(fields));

describe('the parameters of an order', () => {
  it.each([
    ['quantity', 'quantity'],
    ['quantity', 'Quantity'],
    ['quantity', 'QUANTITY'],
    ['quantity', 'quantity[]'],
    ['quantity', 'quantity[0]'],
    ['quantity[', 'quantity'],
    ['quantity[0]', 'quantity[1]'],
    ['quantity', 'quantity_'],
    ['old_posts', 'oldPosts'],
    ['old-posts', 'old_posts'],
    ['colour', 'Colour[]'],
  ])('are refused where a panel may read `%s` and `%s` as one', (first, second) => {
    expect(
      issuesOf([
        ['link', 'a'],
        [first, '100'],
        [second, '100'],
      ]),
    ).toEqual([expect.stringMatching(/^2\.name: .*given twice/)]);
  });

  it.each(['key', 'Action', 'SERVICE', 'KEY[]', 'key[0]', 'ser_vice', 'service-', 'action['])(
    'are refused where `%s` would stand in for what the gateway sends',
    (name) => {
      expect(issuesOf([[name, 'x']])).toEqual([expect.stringMatching(/^0\.name: (?:The gateway itself|A panel may)/)]);
    },
  );

  it.each(['request_id', 'Request_ID', 'requestId[]'])('are refused where `%s` would tell repeats apart', (name) => {
    const ways = { commentSeparator: null, idempotencyParameter: 'request_id' };
    expect(findDetailsIssues(OTHER, detailsOf({ [name]: 'x' }), ways)).toHaveLength(1);
    expect(findDetailsIssues(OTHER, detailsOf({ [name]: 'x' }))).toEqual([]);
  });

  it.each(['', 'ser vice', 'quan.tity', 'quantity%5B%5D', 'ｑuantity', 'a'.repeat(65), ' quantity', '0'])(
    'are refused under the name `%s`, which panels read in different ways',
    (name) => {
      expect(issuesOf([[name, 'x']])).toEqual(['0.name: It is no parameter name.']);
    },
  );

  it.each(['1e3', '0x64', '１００', ' 100', '100 ', '100abc', '+100', '-100', '0100', '100.0', '1_00', '1,000', ''])(
    'are refused where the quantity is `%s`',
    (value) => {
      expect(issuesOf({ link: 'a', quantity: value })).toEqual([
        '1.value: It must be a whole number, in plain digits.',
      ]);
    },
  );

  it.each(['runs', 'Runs[]', 'min', 'max', 'posts', 'old_posts'])(
    'are refused where `%s` is no plain number',
    (name) => {
      for (const value of ['1e3', '0x64', '１００', '2 ', '2x', '+2', '02', '9007199254740993']) {
        expect(issuesOf({ [name]: value })).toEqual(['0.value: It must be a whole number, in plain digits.']);
      }
      expect(issuesOf({ [name]: 'auto' })).toEqual([]);
      expect(issuesOf({ [name]: '2' })).toEqual([]);
    },
  );

  it("are held to the service's limits by their quantity", () => {
    expect(issuesOf({ quantity: '9' })).toEqual(['0.value: It must be from 10 to 1000.']);
    expect(issuesOf({ 'quantity[]': '1001' })).toEqual(['0.value: It must be from 10 to 1000.']);
    expect(issuesOf({ quantity: '1000', colour: '12 red', 'x[1]': '٣' })).toEqual([]);
  });

  it('are a hundred at most, and refused in one sentence beyond', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => [`p${index}`, 'x'] as const);
    expect(issuesOf(many(100))).toEqual([]);
    expect(issuesOf(many(28_000))).toEqual([': It may hold 100 parameters at most, not 28000.']);
    expect(issuesOf([])).toEqual([': It must hold at least one parameter.']);
  });
});

describe('the charge of an order in its own parameters', () => {
  it.each([
    [{ link: 'a', quantity: '100' }, 100, '0.09'],
    [{ link: 'a', quantity: '100', runs: '100', interval: '60' }, 10_000, '9'],
    [{ quantity: '100', runs: '0' }, 100, '0.09'],
    [{ quantity: '100', colour: 'red', referring_url: 'https://example.com/1', device: '5', mode: '' }, 100, '0.09'],
    [{ username: 'ada', min: '10', max: '20', posts: '3', old_posts: '2', delay: '30' }, 100, '0.09'],
    [{ username: 'ada', max: '20', posts: '5', runs: '2' }, 200, '0.18'],
    [{ link: 'a', comments: 'one, two\nthree\r\nfour' }, 3, '0.0027'],
    [{ link: 'a', usernames: 'ada\nbob', runs: '3' }, 6, '0.0054'],
    [{ quantity: '100', usernames: 'ada\nbob', hashtags: '#a' }, 100, '0.09'],
  ])('counts all of %o', (fields, quantity, charge) => {
    expect(estimateOf(fields as unknown as Record<string, string>)).toEqual({ quantity, charge });
  });

  it.each([
    [{ link: 'a' }, 'it has no `quantity`'],
    [{ quantity: '100', times: '100' }, 'the panel may multiply it by `times`'],
    [{ quantity: '100', times: ' +1e2' }, 'the panel may multiply it by `times`'],
    [{ quantity: '100', times: '١٠٠' }, 'the panel may multiply it by `times`'],
    [{ quantity: '100', accounts: 'ada\nbob' }, 'the panel may multiply it by `accounts`'],
    [{ quantity: '100', accounts: '["ada","bob"]' }, 'the panel may multiply it by `accounts`'],
    [{ quantity: '100', link: 'a\nb' }, 'the panel may multiply it by `link`'],
    [{ quantity: '100', Runs: '100' }, 'the panel may multiply it by `Runs`'],
    [{ Quantity: '100' }, 'the panel may multiply it by `Quantity`'],
    [{ quantity: '100', runs: 'auto' }, 'its total quantity cannot be told'],
    [{ quantity: '1000', runs: '9007199254740991' }, 'its total quantity cannot be told'],
    [{ quantity: '10', comments: 'a\n'.repeat(10) }, 'it has more lines than its `quantity`'],
    [{ comments: 'one | two' }, 'panels split `comments` in different ways'],
    [{ comments: 'one\\ntwo' }, 'panels split `comments` in different ways'],
    [{ quantity: '10', usernames: 'ada,bob' }, 'panels split `usernames` in different ways'],
    [{ comments: 'a', usernames: 'b' }, 'it has no `quantity`'],
    [{ quantity: '100', posts: '5' }, 'it is counted in more than one way'],
    [{ min: '10', max: '20' }, 'it has no number of `posts`, or no `max`'],
    [{ max: '20', posts: '0', old_posts: '1' }, 'it has no number of `posts`, or no `max`'],
    [{ posts: '5' }, 'it has no number of `posts`, or no `max`'],
  ])('is not known of %o', (fields, reason) => {
    expect(estimateOf(fields as unknown as Record<string, string>)).toEqual({ quantity: null, charge: null, reason });
  });

  it('is found in time that grows with the text alone', () => {
    const hostile = '|'.repeat(1_000_000) + '\n'.repeat(1_000_000);
    const ms = cpuMsOf(() => {
      for (const name of ['comments', 'usernames', 'link', 'x', 'runs']) {
        estimateOf({ quantity: '100', [name]: hostile });
        issuesOf({ quantity: '100', [name]: hostile });
      }
    });
    expect(ms).toBeLessThan(1000);
  });
});

describe('the charge of a subscription', () => {
  const SUBSCRIPTION = service({ type: 'SUBSCRIPTIONS', rate: '1' });
  const estimate = (values: Record<string, number>) =>
    estimateOrder(SUBSCRIPTION, { form: 'subscription', values: { username: 'ada', min: 10, max: 20, ...values } });

  it('is that of all its posts', () => {
    expect(estimate({ posts: 3, oldPosts: 2 })).toEqual({ quantity: 100, charge: '0.1' });
  });

  it.each<Record<string, number>>([{}, { oldPosts: 5 }, { posts: 0 }, { posts: 0, oldPosts: 5 }])(
    'is not known of %o, which may have no end',
    (values) => {
      expect(estimate(values)).toMatchObject({ quantity: null, charge: null });
    },
  );
});
