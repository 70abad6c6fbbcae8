import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { assertFewRepeats } from '../../../../src/server/graphql/limits/repeated-fields.ts';

const check = (text: string) => () => assertFewRepeats(parse(text));
const times = (count: number, text: string): string => Array.from({ length: count }, () => text).join(' ');

/** Each field of the next level in each of this: what is compared grows with the square of all. */
const nested = (counts: readonly number[]): string =>
  counts.reduceRight((inner, count) => times(count, `a { ${inner} }`), 'b');

describe('fields that are repeated', () => {
  it.each([
    ['a field a hundred times', `{ ${times(100, 'a')} }`],
    ['an object twenty times', `{ ${times(20, 'a { b c }')} }`],
    ['two levels', `{ ${nested([10, 10])} }`],
    ['a fragment in many places', `{ ${times(100, '...F')} } fragment F on A { a { b } }`],
    [
      'many fields under names of their own',
      `{ ${Array.from({ length: 600 }, (_, at) => `a${at}: a { b c }`).join(' ')} }`,
    ],
  ])('may be a few: %s', (_name, text) => {
    expect(check(text)).not.toThrow();
  });

  it.each([
    ['an object four hundred times', `{ ${times(400, 'a { b }')} }`],
    ['an object with a long argument', `{ ${times(60, `a(b: "${'c'.repeat(1000)}") { b }`)} }`],
    ['two levels', `{ ${nested([30, 30])} }`],
    ['many levels', `{ ${nested([2, 2, 2, 2, 2, 2, 2, 2, 2])} }`],
    ['within introspection', `{ __schema { types { ${times(350, 'fields { name }')} } } }`],
    [
      'fragments that spread each other, written out',
      `{ ...F0 } ${Array.from({ length: 12 }, (_, at) => `fragment F${at} on A { a { ...F${at + 1} } b: a { ...F${at + 1} c: a { ...F${at + 1} } } }`).join(' ')} fragment F12 on A { a }`,
    ],
  ])('are refused where comparing them would take long: %s', (_name, text) => {
    expect(check(text)).toThrow('Ask for each field once');
  });

  it('end where a fragment spreads itself, which validation refuses', () => {
    expect(check('{ ...F } fragment F on A { a ...F }')).not.toThrow();
    expect(check('{ ...F } fragment F on A { a { ...F } }')).toThrow();
  });
});
