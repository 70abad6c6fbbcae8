import { expect, test } from 'vitest';
import { makeIndex } from '../../../src/catalogue/search/list-index.ts';
import { type Indexer, ListIndexes } from '../../../src/catalogue/search/list-indexes.ts';
import { generateServices } from '../support/samples.ts';

test('a list is handed over once, however often it is prepared and asked for', async () => {
  let lists = 0;
  const indexer: Indexer = {
    async index(parts) {
      lists += 1;
      const sizes: number[] = [];
      for await (const { names } of parts) sizes.push(names.length);
      expect(sizes).toEqual([500, 500, 200]);
      return makeIndex({ names: [], categories: [], numbers: [], rates: [], mins: [], maxes: [] });
    },
  };
  const indexes = new ListIndexes(indexer);
  const services = generateServices('acme', 1_200);
  indexes.prepare(services);
  expect(await indexes.indexOf(services)).toBe(await indexes.indexOf(services));
  expect(lists).toBe(1);
});

test('a list that cannot be indexed has an error with its panel, and is tried again', async () => {
  let isBroken = true;
  const indexer: Indexer = {
    async index() {
      if (isBroken) throw new Error('the details');
      return makeIndex({ names: [], categories: [], numbers: [], rates: [], mins: [], maxes: [] });
    },
  };
  const indexes = new ListIndexes(indexer);
  const services = generateServices('acme', 400);
  await expect(indexes.indexOf(services)).rejects.toMatchObject({
    code: 'UNREADABLE_REPLY',
    panel: 'acme',
    message: 'The list of services of panel acme cannot be searched or sorted. Leave the panel out of the filter.',
  });
  isBroken = false;
  expect(await indexes.indexOf(services)).toMatchObject({ searchTexts: [] });
});
