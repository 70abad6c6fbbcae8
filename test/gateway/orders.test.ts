import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type GraphqlAnswer, startGateway, TEST_KEY } from '../support/gateway.ts';
import { healthyPanel, type ScriptedAnswer, serviceEntry, startScriptedPanel } from '../support/scripted-panel.ts';

const ADD = `mutation ($input: AddOrderInput!) { addOrder(input: $input) { __typename
  ... on AddOrderSuccess { orderId number panel { name } }
  ... on Error { message code }
  ... on InvalidInput { issues { path message } }
  ... on PanelRejected { panelMessage panel { name } }
  ... on PanelUnavailable { retryAfterMs } } }`;

const input = (details: object, number: string | number = 1, rest: object = {}): object => ({
  serviceId: `Service:acme:${number}`,
  details,
  ...rest,
});
const DEFAULT = { default: { link: 'https://example.com/x', quantity: 100 } };

/** Each type: the panel's word, the form filled in, and what is sent after `action` and `service`. */
const ORDER_TYPES: readonly (readonly [string, object, object])[] = [
  [
    'Default',
    { default: { link: ' https://example.com/x ', quantity: 100, runs: 3, interval: 60 } },
    { link: 'https://example.com/x', quantity: '100', runs: '3', interval: '60' },
  ],
  ['Package', { package: { link: 'a' } }, { link: 'a' }],
  ['SEO', { seo: { link: 'a', quantity: 50, keywords: ['x', 'y'] } }, { link: 'a', quantity: '50', keywords: 'x\ny' }],
  [
    'Custom Comments',
    { customComments: { link: 'a', comments: lines(50) } },
    { link: 'a', comments: lines(50).join('\n') },
  ],
  [
    'Custom Comments Package',
    { customCommentsPackage: { link: 'a', comments: ['hi', 'ho'] } },
    { link: 'a', comments: 'hi\nho' },
  ],
  [
    'Mentions',
    { mentions: { link: 'a', quantity: 50, usernames: ['u', 'v'] } },
    { link: 'a', quantity: '50', usernames: 'u\nv' },
  ],
  [
    'Mentions with Hashtags',
    { mentionsWithHashtags: { link: 'a', quantity: 50, usernames: ['u'], hashtags: ['h', 'i'] } },
    { link: 'a', quantity: '50', usernames: 'u', hashtags: 'h\ni' },
  ],
  [
    'Mentions Custom List',
    { mentionsCustomList: { link: 'a', usernames: lines(50) } },
    { link: 'a', usernames: lines(50).join('\n') },
  ],
  [
    'Mentions Hashtag',
    { mentionsHashtag: { link: 'a', quantity: 50, hashtag: '#h' } },
    { link: 'a', quantity: '50', hashtag: '#h' },
  ],
  [
    'Mentions User Followers',
    { mentionsUserFollowers: { link: 'a', quantity: 50, username: 'u' } },
    { link: 'a', quantity: '50', username: 'u' },
  ],
  [
    'Mentions Media Likers',
    { mentionsMediaLikers: { link: 'a', quantity: 50, media: 'm' } },
    { link: 'a', quantity: '50', media: 'm' },
  ],
  [
    'Comment Likes',
    { commentLikes: { link: 'a', quantity: 50, username: 'u' } },
    { link: 'a', quantity: '50', username: 'u' },
  ],
  [
    'Comment Replies',
    { commentReplies: { link: 'a', username: 'u', comments: lines(60) } },
    { link: 'a', username: 'u', comments: lines(60).join('\n') },
  ],
  ['Poll', { poll: { link: 'a', quantity: 50, answerNumber: '2' } }, { link: 'a', quantity: '50', answer_number: '2' }],
  [
    'Invites from Groups',
    { invitesFromGroups: { link: 'a', quantity: 50, groups: ['g', 'h'] } },
    { link: 'a', quantity: '50', groups: 'g\nh' },
  ],
  [
    'Subscriptions',
    { subscription: { username: 'u', min: 50, max: 60, posts: 5, oldPosts: 2, delay: 30, expiry: '2026-12-05' } },
    { username: 'u', min: '50', max: '60', posts: '5', old_posts: '2', delay: '30', expiry: '05/12/2026' },
  ],
  [
    'Web Traffic',
    { webTraffic: { link: 'a', quantity: 50, country: 'US', device: 1, typeOfTraffic: 1, googleKeyword: 'k' } },
    { link: 'a', quantity: '50', country: 'US', device: '1', type_of_traffic: '1', google_keyword: 'k' },
  ],
  [
    'Something New',
    {
      other: [
        { name: 'link', value: 'a' },
        { name: 'colour', value: 'red' },
      ],
    },
    { link: 'a', colour: 'red' },
  ],
];

function lines(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index}`);
}

describe('ordering', () => {
  it.each(ORDER_TYPES)('sends the form of %s', async (type, details, sent) => {
    await using panel = await startScriptedPanel(healthyPanel({ services: () => [serviceEntry(1, { type })] }));
    await using gateway = await startGateway({ acme: panel.url });
    const { data, errors } = await gateway.ask(ADD, { input: input(details) });
    expect(errors).toBeUndefined();
    expect(data.addOrder).toEqual({
      __typename: 'AddOrderSuccess',
      orderId: 'Order:acme:23501',
      number: '23501',
      panel: { name: 'acme' },
    });
    expect(panel.callsOf('add')).toEqual([{ action: 'add', service: '1', ...sent }]);
  });

  it('names every problem of an input with its path, sends nothing, and checkOrder says the same', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({
        services: () => [serviceEntry(1, { type: 'Subscriptions', min: 10, max: 100 }), serviceEntry(2)],
      }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const bad = input({ subscription: { username: ' ', min: 5, max: 500, delay: 7 } });
    const { data } = await gateway.ask(ADD, { input: bad });
    expect(data.addOrder).toMatchObject({ __typename: 'InvalidInput', code: 'INVALID_INPUT' });
    expect(data.addOrder.issues.map((issue: { path: string[] }) => issue.path.join('.'))).toEqual([
      'details.subscription.username',
      'details.subscription.min',
      'details.subscription.max',
      'details.subscription.delay',
    ]);
    const check =
      'query ($input: AddOrderInput!) { checkOrder(input: $input) { __typename ... on InvalidInput { code message issues { path message } } ... on CheckedOrder { quantity estimatedCharge { amount currency } } } }';
    expect((await gateway.ask(check, { input: bad })).data.checkOrder.issues).toEqual(data.addOrder.issues);
    expect(
      (await gateway.ask(check, { input: input({ default: { link: 'a', quantity: 150, runs: 4 } }, 2) })).data
        .checkOrder,
    ).toEqual({
      __typename: 'CheckedOrder',
      quantity: 600,
      estimatedCharge: { amount: '0.54', currency: 'USD' },
    });
    for (const wrong of [
      input(DEFAULT),
      input({ default: { link: 'a', quantity: 49 } }, 2),
      input({ default: { link: '  ', quantity: 50 } }, 2),
      input(DEFAULT, 404),
      { ...input(DEFAULT, 2), serviceId: 'Service:nowhere:1' },
      { ...input(DEFAULT, 2), serviceId: 'Order:acme:1' },
    ]) {
      expect((await gateway.ask(ADD, { input: wrong })).data.addOrder.__typename).toBe('InvalidInput');
    }
    expect(panel.callsOf('add')).toEqual([]);
  });

  it('refuses a comment that would be two at a panel which parts comments so, and sends it elsewhere', async () => {
    const service = serviceEntry(1, { type: 'Custom Comments', min: 1 });
    await using panel = await startScriptedPanel(healthyPanel({ services: () => [service] }));
    await using gateway = await startGateway({ smart: { url: panel.url, dialect: 'smartpanel' }, acme: panel.url });
    const order = (id: string, ...comments: string[]) => ({
      serviceId: `Service:${id}:1`,
      details: { customComments: { link: 'https://t.me/+x', comments } },
    });
    const refused = await gateway.ask(ADD, { input: order('smart', 'fine', 'one | two') });
    expect(refused.data.addOrder).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [
        { path: ['details', 'customComments', 'comments'], message: expect.stringContaining('Line 2 holds ` | `') },
      ],
    });
    expect(panel.callsOf('add')).toEqual([]);
    await gateway.ask(ADD, { input: order('smart', 'fine', 'one|two') });
    await gateway.ask(ADD, { input: order('acme', 'one | two') });
    expect(panel.callsOf('add').map(({ link, comments }) => [link, comments])).toEqual([
      ['https://t.me/%2Bx', 'fine\none|two'],
      ['https://t.me/+x', 'one | two'],
    ]);
  });

  it('refuses a charge above maxCharge, in any currency that has a rate', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway(
      { acme: panel.url },
      { currency: { base: 'USD', rates: { EUR: '1.10' } } },
    );
    const order = (amount: string, currency: string): Promise<GraphqlAnswer> =>
      gateway.ask(ADD, {
        input: input({ default: { link: 'a', quantity: 1000 } }, 1, { maxCharge: { amount, currency } }),
      });
    expect((await order('0.89', 'USD')).data.addOrder.code).toBe('PRICE_CHANGED');
    expect((await order('0.81', 'EUR')).data.addOrder.code).toBe('PRICE_CHANGED');
    expect((await order('9', 'JPY')).data.addOrder.code).toBe('PRICE_CHANGED');
    expect(panel.callsOf('add')).toEqual([]);
    expect((await order('0.90', 'USD')).data.addOrder.__typename).toBe('AddOrderSuccess');
    expect((await order('0.82', 'EUR')).data.addOrder.__typename).toBe('AddOrderSuccess');
  });

  const OUTCOMES: readonly (readonly [string, ScriptedAnswer, string, string])[] = [
    ['a refusal', { error: 'Not enough funds on balance' }, 'PanelRejected', 'INSUFFICIENT_FUNDS'],
    [
      'a refusal with HTTP 400',
      (response) => response.writeHead(400).end('{"error":"Incorrect link"}'),
      'PanelRejected',
      'INVALID_LINK',
    ],
    [
      'a busy link',
      { error: 'You have active order with this link. Please wait until order being completed.' },
      'PanelRejected',
      'LINK_BUSY',
    ],
    [
      'HTTP 429',
      (response) => response.writeHead(429, { 'retry-after': '2' }).end(),
      'PanelUnavailable',
      'RATE_LIMITED',
    ],
    ['a rate text', { error: 'Rate limit exceeded' }, 'PanelUnavailable', 'RATE_LIMITED'],
    ['HTML', '<html><body>Just a moment</body></html>', 'OutcomeUnknown', 'UNREADABLE_REPLY'],
    [
      'HTTP 500',
      (response) => response.writeHead(500).end('{"error":"Not enough funds"}'),
      'OutcomeUnknown',
      'PANEL_ERROR',
    ],
    [
      'a 403 page',
      (response) => response.writeHead(403).end('<html>Just a moment</html>'),
      'OutcomeUnknown',
      'PANEL_ERROR',
    ],
    ['truncated JSON', '{"order": 235', 'OutcomeUnknown', 'UNREADABLE_REPLY'],
    ['null', 'null', 'OutcomeUnknown', 'UNREADABLE_REPLY'],
    ['nothing', '', 'OutcomeUnknown', 'UNREADABLE_REPLY'],
    ['order 0', { order: 0 }, 'OutcomeUnknown', 'UNREADABLE_REPLY'],
    ['an order beside an error', { order: 5, error: 'Something' }, 'OutcomeUnknown', 'UNREADABLE_REPLY'],
    ['its own failure', { error: 'Internal server error' }, 'OutcomeUnknown', 'PANEL_ERROR'],
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      'OutcomeUnknown',
      'PANEL_ERROR',
    ],
    ['a reset', (response) => response.destroy(), 'OutcomeUnknown', 'PANEL_ERROR'],
    ['silence', () => {}, 'OutcomeUnknown', 'PANEL_TIMEOUT'],
  ];
  it.each(OUTCOMES)('calls %s what it is, and sends the order once', async (_name, answer, type, code) => {
    await using panel = await startScriptedPanel(healthyPanel({ add: () => answer }));
    await using gateway = await startGateway({ acme: { url: panel.url, addTimeoutMs: 500 } });
    const { data } = await gateway.ask(ADD, { input: input(DEFAULT) });
    expect(data.addOrder).toMatchObject({ __typename: type, code });
    expect(panel.callsOf('add')).toHaveLength(1);
  });

  it('calls a refused connection not sent', async () => {
    const panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    await gateway.ask('{ services { totalCount } }');
    await panel[Symbol.asyncDispose]();
    const { data } = await gateway.ask(ADD, { input: input(DEFAULT) });
    expect(data.addOrder).toMatchObject({ __typename: 'PanelUnavailable', code: 'PANEL_UNREACHABLE' });
  });

  it('sends nothing while the circuit is open, and probes it with a balance', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({
      acme: {
        url: panel.url,
        currency: 'USD',
        addTimeoutMs: 300,
        breaker: { consecutiveFailures: 1, halfOpenAfterMs: 300 },
      },
    });
    await gateway.ask('{ services { totalCount } }');
    panel.answer = healthyPanel({ add: () => '' });
    await gateway.ask(ADD, { input: input(DEFAULT) });
    await expect
      .poll(async () => (await gateway.ask('{ panels { health { circuit } } }')).data.panels[0].health.circuit)
      .toBe('OPEN');
    const sent = panel.callsOf('add').length;
    const open = await gateway.ask(ADD, { input: input(DEFAULT) });
    expect(open.data.addOrder).toMatchObject({ __typename: 'PanelUnavailable', code: 'CIRCUIT_OPEN' });
    expect(panel.callsOf('add')).toHaveLength(sent);
    panel.answer = healthyPanel();
    await expect
      .poll(async () => (await gateway.ask(ADD, { input: input(DEFAULT) })).data.addOrder.__typename)
      .toBe('AddOrderSuccess');
    const actions = panel.calls.map((form) => form['action']);
    expect(actions[actions.lastIndexOf('add') - 1]).toBe('balance');
  });

  it.each([
    ['HTTP 500 with a page', (response: ServerResponse) => void response.writeHead(500).end('<html></html>')],
    ['null', 'null'],
  ])('buys at once at a panel that was asked 50 times for an action that it answers with %s', async (_how, lacking) => {
    await using panel = await startScriptedPanel(healthyPanel({ refill_status: () => lacking }));
    await using gateway = await startGateway({ acme: { url: panel.url, requestsPerSecond: 1000 } });
    const ids = Array.from({ length: 50 }, (_, index) => `Refill:acme:${index + 1}`);
    for (const id of ids) await gateway.ask('query ($id: ID!) { refill(id: $id) { status } }', { id });
    expect(panel.callsOf('refill_status').length).toBeLessThanOrEqual(6);
    expect((await gateway.ask(ADD, { input: input(DEFAULT) })).data.addOrder.__typename).toBe('AddOrderSuccess');
    const { health } = (await gateway.ask('{ panels { health { circuit } } }')).data.panels[0];
    expect(health.circuit).toBe('CLOSED');
  });

  it('buys each of several on its own, results in their order', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({ add: ({ link }) => (link === 'bad' ? { error: 'Incorrect link' } : { order: `o1-${link}` }) }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const order = (link: string): object => input({ default: { link, quantity: 100 } });
    const { data } = await gateway.ask(
      'mutation ($inputs: [AddOrderInput!]!) { addOrders(inputs: $inputs) { ... on AddOrderSuccess { number } ... on Error { code } } }',
      { inputs: [order('a'), order('bad'), input(DEFAULT, 404), order('b')] },
    );
    expect(data.addOrders).toEqual([
      { number: 'o1-a' },
      { code: 'INVALID_LINK' },
      { code: 'INVALID_INPUT' },
      { number: 'o1-b' },
    ]);
  });
});

describe('refilling and canceling', () => {
  const REFILL = `mutation ($ids: [ID!]!) { refillOrders(orderIds: $ids) { __typename
    ... on RefillOrderSuccess { orderId refillId refill { status order { number } } } ... on Error { code } } }`;
  const CANCEL = `mutation ($ids: [ID!]!) { cancelOrders(orderIds: $ids) { __typename
    ... on CancelOrderSuccess { orderId order { status } } ... on Error { code } } }`;

  it('asks for one refill with the single form, for several in one call', async () => {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const one = await gateway.ask(REFILL, { ids: ['Order:acme:7'] });
    expect(one.data.refillOrders).toEqual([
      {
        __typename: 'RefillOrderSuccess',
        orderId: 'Order:acme:7',
        refillId: 'Refill:acme:97',
        refill: { status: 'COMPLETED', order: { number: '7' } },
      },
    ]);
    await gateway.ask(REFILL, { ids: ['Order:acme:1', 'Order:acme:2', 'Order:acme:1'] });
    expect(panel.callsOf('refill')).toEqual([
      { action: 'refill', order: '7' },
      { action: 'refill', orders: '1,2' },
    ]);
  });

  it('settles each order on its own, in the order of the argument', async () => {
    await using panel = await startScriptedPanel(
      healthyPanel({
        refill: () => [
          { order: 2, refill: { error: 'This service has no refill' } },
          { order: 1, refill: 11 },
        ],
        cancel: () => [
          { order: 9, cancel: { error: 'Incorrect order ID' } },
          { order: 2, cancel: 1 },
        ],
      }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const refilled = await gateway.ask(REFILL, {
      ids: ['Order:acme:1', 'Order:acme:2', 'Order:acme:3', 'nonsense', 'Order:x:1'],
    });
    expect(
      refilled.data.refillOrders.map((each: { code?: string; refillId?: string }) => each.code ?? each.refillId),
    ).toEqual(['Refill:acme:11', 'REFILL_NOT_ALLOWED', 'UNREADABLE_REPLY', 'INVALID_INPUT', 'ORDER_NOT_FOUND']);
    const canceled = await gateway.ask(CANCEL, { ids: ['Order:acme:2', 'Order:acme:9'] });
    expect(canceled.data.cancelOrders.map((each: { __typename: string }) => each.__typename)).toEqual([
      'CancelOrderSuccess',
      'PanelRejected',
    ]);
  });

  it('reads the new status after a cancellation, with look-ups under way', async () => {
    let status = 'In progress';
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await using panel = await startScriptedPanel(
      healthyPanel({
        status: async () => {
          const seen = status;
          if (seen === 'In progress') await held;
          return { status: seen };
        },
        cancel: () => {
          status = 'Canceled';
          return [{ order: 1, cancel: 1 }];
        },
      }),
    );
    await using gateway = await startGateway({ acme: panel.url });
    const before = gateway.ask('{ order(id: "Order:acme:1") { status } }');
    await expect.poll(() => panel.callsOf('status').length).toBe(1);
    const after = await gateway.ask(CANCEL, { ids: ['Order:acme:1'] });
    expect(after.data.cancelOrders[0].order.status).toBe('CANCELED');
    release();
    expect((await before).data.order.status).toBe('IN_PROGRESS');
    expect((await gateway.ask('{ order(id: "Order:acme:1") { status } }')).data.order.status).toBe('CANCELED');
  });
});

describe('a panel that misbehaves', () => {
  const BAD: readonly (readonly [string, ScriptedAnswer])[] = [
    ['HTML', '<html>no</html>'],
    ['nothing', ''],
    ['truncated JSON', '[{"service":1,'],
    ['500', (response) => response.writeHead(500).end()],
    ['a reset', (response) => response.destroy()],
    ['silence', () => {}],
    ['an error with its key in it', { error: `Invalid API key ${TEST_KEY}` }],
    [
      '400 MB',
      (response) => {
        let sent = 0;
        const chunk = Buffer.alloc(1024 * 1024, 'x');
        const write = (): void => {
          while (sent < 400 && !response.destroyed) {
            sent += 1;
            if (!response.write(chunk)) return void response.once('drain', write);
          }
          response.end();
        };
        write();
      },
    ],
  ];
  it.each(BAD)('costs only itself when it answers with %s, and shows no key', async (_name, answer) => {
    await using bad = await startScriptedPanel(() => answer);
    await using good = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({
      bad: { url: bad.url, timeoutMs: 400, deadlineMs: 1500, breaker: { consecutiveFailures: 100 } },
      good: good.url,
    });
    const started = performance.now();
    const answerOf = await gateway.ask(`{
      services { totalCount catalogues { panel { name } error } }
      balances { amount { amount } }
      orders(ids: ["Order:bad:1", "Order:good:1"]) { status }
      refills(ids: ["Refill:bad:1", "Refill:good:1"]) { status }
    }`);
    expect(performance.now() - started).toBeLessThan(8000);
    const { data, errors } = answerOf;
    expect(data.services.totalCount).toBe(1);
    expect(data.services.catalogues[0].error).toEqual(expect.any(String));
    expect(data.balances).toEqual([null, { amount: { amount: '100.84292' } }]);
    expect(data.orders).toEqual([null, { status: 'PARTIAL' }]);
    expect(data.refills).toEqual([null, { status: 'COMPLETED' }]);
    expect(errors?.map(({ extensions }) => extensions?.panel)).toEqual(['bad', 'bad', 'bad']);
    for (const { extensions } of errors ?? [])
      expect(extensions?.code).toMatch(/^(PANEL_|UNREADABLE_REPLY|INVALID_KEY)/);
    const health = await gateway.ask('{ panels { name health { lastError errorRate } } }');
    expect(JSON.stringify([answerOf, health, gateway.logs])).not.toContain(TEST_KEY);
  });
});
