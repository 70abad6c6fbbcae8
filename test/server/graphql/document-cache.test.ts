import { describe, expect, it } from 'vitest';
import { createDocumentCache } from '../../../src/server/graphql/document-cache.ts';

const text = (name: string, length: number): string => name.padEnd(length, '.');

describe('a cache of documents', () => {
  it('holds so many characters of texts, and lets go what was used longest ago', () => {
    const cache = createDocumentCache<object>({ most: 1200 });
    for (const name of ['a', 'b', 'c']) cache.set(text(name, 300), { name });
    expect(cache.get(text('a', 300))).toEqual({ name: 'a' });
    cache.set(text('d', 300), { name: 'd' });
    expect(cache.get(text('a', 300))).toEqual({ name: 'a' });
    expect(cache.get(text('b', 300))).toBeUndefined();
    expect(cache.get(text('d', 300))).toEqual({ name: 'd' });
  });

  it('weighs what is made of them where it is told how', () => {
    const cache = createDocumentCache<{ parts: number }>({ most: 10, weigh: ({ parts }) => parts });
    cache.set('a', { parts: 6 });
    cache.set('b', { parts: 4 });
    expect(cache.get('a')).toEqual({ parts: 6 });
    cache.set('c', { parts: 1 });
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('a')).toEqual({ parts: 6 });
  });

  it('does not keep a text longer than 10,000 characters', () => {
    const cache = createDocumentCache<object>({ most: 100_000 });
    cache.set(text('a', 10_001), {});
    cache.set(text('b', 10_000), {});
    expect(cache.get(text('a', 10_001))).toBeUndefined();
    expect(cache.get(text('b', 10_000))).toBeDefined();
  });

  it('takes an empty text', () => {
    const cache = createDocumentCache<object>({ most: 1000 });
    cache.set('', { made: 'of nothing' });
    expect(cache.get('')).toBeDefined();
  });
});
