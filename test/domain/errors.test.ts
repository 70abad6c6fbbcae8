import { expect, it } from 'vitest';
import { CallerError } from '../../src/domain/errors.ts';

it('an error of the caller holds a hundred problems, and counts the others', () => {
  const issuesOf = (count: number) =>
    new CallerError(
      'INVALID_INPUT',
      'wrong',
      Array.from({ length: count }, (_, at) => ({ path: [String(at)], message: 'wrong' })),
    ).issues;
  expect(issuesOf(100)).toHaveLength(100);
  expect(issuesOf(130)).toHaveLength(101);
  expect(issuesOf(130).at(-1)).toEqual({ path: [], message: 'There are 30 more problems.' });
});
