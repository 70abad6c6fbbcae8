import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findParts, TooManyPartsError } from '../../../src/providers/json/json-parts.ts';

const partsOf = (text: string, max = 100) => {
  const { names, starts, ends, end } = findParts(text, 0, max);
  return { names, parts: starts.map((start, place) => text.slice(start, ends[place])), end };
};

describe('the parts of a text', () => {
  it('are those that JSON.parse finds, whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
        fc.boolean(),
        (value, isWide) => {
          const text = JSON.stringify(value, null, isWide ? 2 : 0);
          const { names, parts, end } = partsOf(text);
          expect(end).toBe(text.length);
          expect(parts.map((part) => JSON.parse(part))).toEqual(JSON.parse(JSON.stringify(Object.values(value))));
          expect(names).toEqual(Array.isArray(value) ? null : Object.keys(value));
        },
      ),
    );
  });

  it('keep quotes, brackets and backslashes of their texts to themselves', () => {
    expect(partsOf('[ "a]\\"," , {"b":"}\\\\"} ,[[]] ] ').parts).toEqual(['"a]\\","', '{"b":"}\\\\"}', '[[]]']);
    expect(partsOf('{"a\\u0041" : 1, "__proto__":2,"a":3,"a":4}')).toMatchObject({
      names: ['aA', '__proto__', 'a', 'a'],
      parts: ['1', '2', '3', '4'],
    });
  });

  it.each([
    '[',
    '[1',
    '[1,',
    '[1,]',
    '[,1]',
    '[1 2]',
    '["a',
    '["a\\"]',
    '[{]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1,}',
    '{a:1}',
  ])('are not found in %s', (text) => {
    expect(() => partsOf(text)).toThrow(SyntaxError);
  });

  it('may be so many, and not one more', () => {
    expect(partsOf('[1,2,3]', 3).parts).toHaveLength(3);
    // What stands behind is not looked at.
    expect(() => partsOf('[1,2,3,4,,,', 3)).toThrow(TooManyPartsError);
  });
});
