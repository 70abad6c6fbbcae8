import { expect, it } from 'vitest';
import { mayHoldMoreThan } from '../../../src/providers/json/count-values.ts';

it('values are counted by the signs before them', () => {
  const list = `[${Array.from({ length: 1_000 }, () => '{}').join(',')}]`;
  // The list, a thousand records, and 999 commas between them.
  expect(mayHoldMoreThan(2_000, list)).toBe(false);
  expect(mayHoldMoreThan(1_999, list)).toBe(true);
});

it('a text that is shorter than the number is not looked at', () => {
  expect(mayHoldMoreThan(10, '[1,2,3,4]')).toBe(false);
  expect(mayHoldMoreThan(8, '[1,2,3,4]')).toBe(false);
  expect(mayHoldMoreThan(3, '[1,2,3,4]')).toBe(true);
});
