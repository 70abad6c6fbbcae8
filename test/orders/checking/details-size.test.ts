import { expect, it } from 'vitest';
import { findSizeIssues } from '../../../src/orders/checking/details-size.ts';

const parameters = (length: number) => Array.from({ length }, (_, at) => ({ name: `p${at}`, value: '1' }));
const lines = (length: number) => Array.from({ length }, () => 'nice');
const comments = (length: number) =>
  ({ form: 'customComments', values: { link: 'https://example.com/post', comments: lines(length) } }) as const;

it('an order holds a hundred parameters of its own at most', () => {
  expect(findSizeIssues({ form: 'other', parameters: parameters(100) })).toEqual([]);
  const message = 'It may hold 100 parameters at most, not 101.';
  expect(findSizeIssues({ form: 'other', parameters: parameters(101) })).toEqual([
    { path: ['details', 'other'], message },
  ]);
});

it('an order holds ten thousand lines at most', () => {
  expect(findSizeIssues(comments(10_000))).toEqual([]);
  const message = 'It may hold 10000 lines at most, not 10001.';
  expect(findSizeIssues(comments(10_001))).toEqual([{ path: ['details', 'customComments', 'comments'], message }]);
});

it('an order holds a hundred thousand characters at most, in all its texts together', () => {
  const comment = (length: number) =>
    ({
      form: 'customComments',
      values: { link: '1234567890', comments: ['x'.repeat(9_990), ...many(length)] },
    }) as const;
  const many = (length: number) => Array.from({ length }, () => 'x'.repeat(10_000));
  expect(findSizeIssues(comment(9))).toEqual([]);
  const message = 'Its texts may hold 100000 characters in all, not 110000.';
  expect(findSizeIssues(comment(10))).toEqual([{ path: ['details', 'customComments'], message }]);
  const other = { form: 'other', parameters: [{ name: 'p', value: 'x'.repeat(100_000) }] } as const;
  expect(findSizeIssues(other)).toMatchObject([{ path: ['details', 'other'] }]);
});
