import { describe, expect, it } from 'vitest';
import { linesProblem, textProblem, valueProblem } from '../../../src/orders/checking/text-problems.ts';

describe('the texts of an order', () => {
  it('have a length', () => {
    expect(textProblem('a'.repeat(2_000), 'LINK')).toBeNull();
    expect(textProblem('a'.repeat(2_001), 'LINK')).toBe('It may hold 2000 characters at most, not 2001.');
    expect(textProblem('a'.repeat(10_000), 'TEXT')).toBeNull();
    expect(valueProblem('a'.repeat(10_001))).toBe('It may hold 10000 characters at most, not 10001.');
  });

  it.each(['a\0', '\ud800', 'a\udc00b'])('are refused where no store keeps them: %j', (text) => {
    const message = 'It must be well-formed text without NUL.';
    expect(textProblem(text, 'LINK')).toBe(message);
    expect(valueProblem(text)).toBe(message);
    expect(linesProblem(['fine', text])).toBe(`Line 2: ${message}`);
  });

  it('may be emoji', () => expect(linesProblem(['👍🏽', '🇺🇦'])).toBeNull());

  it('are lines of a length', () => {
    expect(linesProblem(['a', 'a'.repeat(10_001)])).toBe('Line 2: It may hold 10000 characters at most, not 10001.');
  });
});
