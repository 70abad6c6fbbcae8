/** Headers, addresses and bodies. */
import { type AttackCase, answered, bounded, operation, refused } from '../attack-case.ts';
import { postText, sendRaw } from '../stand/send-raw.ts';
import type { Stand } from '../stand/stand.ts';

const QUERY = JSON.stringify({ query: '{ __typename }' });
const ORDERS = 'query ($ids: [ID!]!) { orders(ids: $ids) { status } }';

/** A POST with these headers in place of the usual ones. */
const withHeaders = (name: string, headers: Readonly<Record<string, string>>, expected: AttackCase['expected']) => ({
  name,
  send: (stand: Stand) => stand.post(QUERY, { headers }),
  expected,
});

const raw = (name: string, text: (stand: Stand) => string, expected: AttackCase['expected']): AttackCase => ({
  name,
  send: (stand) => sendRaw(stand.gateway.url, text(stand), stand.patienceMs),
  expected,
});

const targeted = (target: string, ...statuses: readonly number[]): AttackCase =>
  raw(
    `the target ${target.slice(0, 40)}`,
    () => `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    { outcome: 'answered', codes: ['NOT_FOUND', 'INVALID_INPUT'], statuses },
  );

const body = (name: string, text: () => string, expected: AttackCase['expected']): AttackCase => ({
  name,
  send: (stand) => stand.post(text()),
  expected,
});

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

export const TRANSPORT_CASES: readonly AttackCase[] = [
  ...['localhost:99999', '[127.0.0.1]', '[::1]:70000', 'localhost:', '[', 'localhost/x', '%6cocalhost'].map((host) =>
    withHeaders(`a POST with the Host ${host}`, { host }, refused('FORBIDDEN', 403)),
  ),
  targeted('http://evil.example/graphql?query={__typename}', 404),
  targeted('//graphql', 404),
  targeted('/graphql/%2e%2e/metrics', 404),
  targeted('/graphql?query=%', 200),
  targeted('/graphql?query={__typename}&variables=%7B%22__proto__%22%3A1%7D', 200, 400),
  targeted(`/graphql?query={__typename}&variables=${nested(7_000)}`, 400),
  targeted(`/graphql?query={__typename}${'%20'.repeat(4_000)}`, 200),
  targeted(`/${'a'.repeat(100_000)}`, 431),
  withHeaders(
    'a body in UTF-16',
    { 'content-type': 'application/json; charset=utf-16' },
    refused('INVALID_INPUT', 415),
  ),
  withHeaders('a multipart body', { 'content-type': 'multipart/form-data; boundary=a' }, refused('INVALID_INPUT', 415)),
  withHeaders('a compressed body', { 'content-encoding': 'gzip' }, refused('INVALID_INPUT', 415)),
  withHeaders('2,500 media types in Accept', { accept: 'a/b;q=0.1,'.repeat(1_250) }, refused('INVALID_INPUT', 406)),
  withHeaders('a Content-Type of 12 KB', { 'content-type': `application/json${'; a=b'.repeat(2_400)}` }, answered()),
  raw('a method that nobody knows', () => 'BREW /graphql HTTP/1.1\r\nHost: localhost\r\n\r\n', {
    outcome: 'answered',
    codes: [],
    statuses: [400],
  }),
  raw(
    'a body of 200,000 chunks',
    () =>
      `${postText('', { 'Transfer-Encoding': 'chunked', Connection: 'close' }).replace('Content-Length: 0\r\n', '')}${'1\r\n \r\n'.repeat(200_000)}${QUERY.length.toString(16)}\r\n${QUERY}\r\n0\r\n\r\n`,
    refused(),
  ),
  raw(
    '500 requests sent at once on one connection',
    () => postText(QUERY).repeat(499) + postText(QUERY, { Connection: 'close' }),
    answered(),
  ),
  body(
    '490,000 nested arrays as a variable',
    () => `{"query":${JSON.stringify(ORDERS)},"variables":{"ids":${nested(490_000)}}}`,
    refused(),
  ),
  body(
    '490,000 nested arrays as extensions',
    () => `{"query":"{ __typename }","extensions":${nested(490_000)}}`,
    bounded(),
  ),
  body(
    '150,000 nested objects as an unused variable',
    () => `{"query":"{ __typename }","variables":{"a":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}}`,
    answered(),
  ),
  body(
    '60,000 variables that nobody declared',
    () =>
      JSON.stringify({
        query: '{ __typename }',
        variables: Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`v${at}`, at])),
      }),
    answered(),
  ),
  body(
    'members named __proto__ everywhere',
    () =>
      '{"__proto__":{"query":"{ a }"},"query":"query ($ids: [ID!]!) { orders(ids: $ids) { status } }","variables":{"__proto__":{"ids":["Order:acme:1"]},"constructor":1},"extensions":{"__proto__":{"persistedQuery":1}},"operationName":null}',
    refused(),
  ),
  body('the same member twice', () => `{"query":1,"query":"{ __typename }","query":"{ __typename }"}`, answered()),
  body(
    'a number of 900,000 digits as a variable',
    () =>
      `{"query":"query ($n: Int) { placements(first: $n) { totalCount } }","variables":{"n":${'9'.repeat(900_000)}}}`,
    refused(),
  ),
  body(
    'an operationName of 900 KB',
    () => JSON.stringify({ query: '{ __typename }', operationName: 'a'.repeat(900_000) }),
    refused(),
  ),
  body('a body that is no JSON, 900 KB', () => '{"query":'.repeat(100_000), refused('INVALID_INPUT', 400)),
  {
    name: 'a text of 450,000 line breaks and a hundred mistakes',
    send: operation(() => ({
      query: `${'\n'.repeat(450_000)}{ ${Array.from({ length: 100 }, (_, at) => `x${at}`).join(' ')} }`,
    })),
    expected: refused(),
  },
  {
    name: 'a text of 450,000 line breaks and a thousand bad ids',
    send: operation(() => ({
      query: `${'\n'.repeat(450_000)}query ($ids: [ID!]!) { orders(ids: $ids) { status } }`,
      variables: { ids: Array.from({ length: 1_000 }, () => 'x') },
    })),
    expected: refused(),
  },
  {
    name: 'a text of 1,900 line breaks and a thousand bad ids',
    send: operation(() => ({
      query: `${'\n'.repeat(1_900)}query ($ids: [ID!]!) { orders(ids: $ids) { status } }`,
      variables: { ids: Array.from({ length: 1_000 }, () => 'x') },
    })),
    expected: bounded(),
  },
  {
    name: 'a comment of 900 KB',
    send: operation(() => ({ query: `{ __typename } #${'a'.repeat(900_000)}` })),
    expected: bounded(),
  },
];
