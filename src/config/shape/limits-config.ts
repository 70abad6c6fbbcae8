import { z } from 'zod';
import { wholeNumber } from './fields.ts';

/** What one request may cost. */
export const limitsSettings = z.strictObject({
  bodyBytes: wholeNumber({ min: 100, max: 100_000_000 })
    .default(1_000_000)
    .describe('The longest request body in bytes.'),
  depth: wholeNumber({ min: 1, max: 1000 })
    .default(12)
    .describe('The deepest nesting of a query. Introspection is exempt.'),
  aliases: wholeNumber({ min: 0, max: 100_000 }).default(60).describe('The most aliases in a query.'),
  fields: wholeNumber({ min: 1, max: 100_000 })
    .default(200)
    .describe('The most fields in one selection set, repeated ones too, with fragments written out.'),
  tokens: wholeNumber({ min: 1, max: 10_000_000 }).default(4000).describe('The most words and signs in a query.'),
  idsPerList: wholeNumber({ min: 1, max: 100_000 })
    .default(1000)
    .describe('The most items in one list argument: ids, orders, states.'),
  rows: wholeNumber({ min: 1, max: 10_000_000 })
    .default(20_000)
    .describe('The most list items that one operation may ask for and its answer may hold.'),
  panelCalls: wholeNumber({ min: 1, max: 1_000_000 })
    .default(200)
    .describe('The most calls to panels that one operation may cause.'),
  answerBytes: wholeNumber({ min: 1_000, max: 500_000_000 })
    .default(32_000_000)
    .describe('The longest answer to a query in bytes.'),
  searchLength: wholeNumber({ min: 1, max: 100_000 }).default(200).describe('The longest search in characters.'),
  requestsPerMinute: wholeNumber({ min: 1, max: 10_000_000 })
    .default(6000)
    .describe('The most requests a minute and access token; off where there are no tokens.'),
});

export type LimitsConfig = z.output<typeof limitsSettings>;
