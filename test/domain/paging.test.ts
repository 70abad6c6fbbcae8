import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CallerError } from '../../src/domain/errors.ts';
import { encodeCursor, type PageArguments, pageOf, readPageArguments } from '../../src/domain/paging.ts';

const page = (items: readonly string[], args: PageArguments) => pageOf(items, readPageArguments(args), (item) => item);
const nodes = (items: readonly string[], args: PageArguments) =>
  page(items, args)
    .edges()
    .map(({ node }) => node);

const letters = [...'abcdefghij'];
const cursorOf = (letter: string) => encodeCursor({ id: letter, position: letters.indexOf(letter) });

describe('a page', () => {
  test('is the first or the last so many, between two cursors', () => {
    expect(nodes(letters, { first: 2 })).toEqual(['a', 'b']);
    expect(nodes(letters, { last: 2 })).toEqual(['i', 'j']);
    expect(nodes(letters, { first: 2, after: cursorOf('c') })).toEqual(['d', 'e']);
    expect(nodes(letters, { last: 2, before: cursorOf('c') })).toEqual(['a', 'b']);
    expect(nodes(letters, { first: 9, after: cursorOf('c'), before: cursorOf('f') })).toEqual(['d', 'e']);
    expect(nodes(letters, { last: 1, after: cursorOf('c'), before: cursorOf('f') })).toEqual(['e']);
    expect(nodes(letters, { after: cursorOf('f'), before: cursorOf('c') })).toEqual([]);
    expect(nodes(letters, { first: 0 })).toEqual([]);
  });

  test('has 50 items where no size is given, and 5000 at most', () => {
    const many = Array.from({ length: 6_000 }, (_, at) => `${at}`);
    expect(nodes(many, {})).toHaveLength(50);
    expect(nodes(many, { first: null, last: null, after: null, before: null })).toHaveLength(50);
    expect(nodes(many, { first: 5_000 })).toHaveLength(5_000);
    const before = encodeCursor({ id: '100', position: 100 });
    expect(nodes(many, { before })[0]).toBe('50');
  });

  test('says what is beyond it, and how many there are in all', () => {
    expect(page(letters, { first: 3 })).toMatchObject({
      totalCount: 10,
      pageInfo: {
        hasNextPage: true,
        hasPreviousPage: false,
        startCursor: cursorOf('a'),
        endCursor: cursorOf('c'),
      },
    });
    expect(page(letters, { last: 3 }).pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(page([], {}).edges()).toEqual([]);
    expect(page([], {})).toMatchObject({
      nodes: [],
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
  });

  test('goes on after the same item when the list has changed', () => {
    const changed = ['new', ...letters.filter((letter) => letter !== 'a' && letter !== 'b'), 'z'];
    expect(nodes(changed, { first: 2, after: cursorOf('d') })).toEqual(['e', 'f']);
    expect(nodes(letters.toReversed(), { first: 2, after: cursorOf('j') })).toEqual(['i', 'h']);
  });

  test('goes on where an item stood that is gone', () => {
    const without = letters.filter((letter) => letter !== 'd');
    expect(nodes(without, { first: 2, after: cursorOf('d') })).toEqual(['e', 'f']);
    expect(nodes(without, { last: 2, before: cursorOf('d') })).toEqual(['b', 'c']);
    expect(nodes(['a'], { first: 2, after: cursorOf('j') })).toEqual([]);
    const far = encodeCursor({ id: 'gone', position: 9_999_999_999 });
    expect(nodes(letters, { first: 2, after: far })).toEqual([]);
    expect(nodes(letters, { last: 2, before: far })).toEqual(['i', 'j']);
  });

  test('after page forward, or backward, visits everything once in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 })), fc.integer({ min: 1, max: 7 }), (items, size) => {
        const forward: string[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const { edges, pageInfo } = page(items, { first: size, after });
          forward.push(...edges().map(({ node }) => node));
          after = pageInfo.endCursor;
          more = pageInfo.hasNextPage;
        }
        expect(forward).toEqual(items);
        const backward: string[] = [];
        for (let before: string | null = null, more = true; more; ) {
          const { edges, pageInfo } = page(items, { last: size, before });
          backward.unshift(...edges().map(({ node }) => node));
          before = pageInfo.startCursor;
          more = pageInfo.hasPreviousPage;
        }
        expect(backward).toEqual(items);
      }),
    );
  });
});

describe('arguments that are refused', () => {
  const pathsOf = (args: PageArguments) => {
    try {
      readPageArguments(args, { isId: (id) => id !== 'foreign' });
    } catch (error) {
      expect(error).toBeInstanceOf(CallerError);
      expect((error as CallerError).code).toBe('INVALID_INPUT');
      return (error as CallerError).issues.map(({ path }) => path.join('.'));
    }
    return [];
  };

  test.each<[string, PageArguments, string[]]>([
    ['a negative first', { first: -1 }, ['first']],
    ['a negative last', { last: -1 }, ['last']],
    ['more than 5000', { first: 5_001 }, ['first']],
    ['more than 5000 from the end', { last: 5_001 }, ['last']],
    ['first and last together', { first: 1, last: 1 }, ['last']],
    ['a cursor that is none', { after: 'nonsense' }, ['after']],
    ['an empty cursor', { before: '' }, ['before']],
    ['a very long cursor', { after: 'A'.repeat(100_000) }, ['after']],
    ['a cursor with something behind it', { after: `${encodeCursor({ id: 'a', position: 0 })}!` }, ['after']],
    ['a cursor without an id', { after: Buffer.from('1:').toString('base64url') }, ['after']],
    ['a cursor of bytes that are no text', { after: Buffer.from([0x31, 0x3a, 0xff]).toString('base64url') }, ['after']],
    ['a cursor of another list', { after: encodeCursor({ id: 'foreign', position: 1 }) }, ['after']],
    [
      'everything at once',
      { first: -1, last: 9_999, after: '?', before: '?' },
      ['first', 'last', 'last', 'after', 'before'],
    ],
  ])('%s', (_, args, paths) => {
    expect(pathsOf(args)).toEqual(paths);
  });

  test('any text that is not ours, without another kind of error', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (after) => void pathsOf({ after })));
  });
});
