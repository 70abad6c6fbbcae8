import { z } from 'zod';
import { ADD_FIELDS } from '../../providers/dialects/standard/add/add-fields.ts';
import { DIALECT_NAMES, PRESET_NAMES, PRESETS } from '../presets.ts';
import {
  currencyCode,
  endpoint,
  flag,
  milliseconds,
  oneOf,
  perSecond,
  refusalPhrases,
  secret,
  text,
  wholeNumber,
} from './fields.ts';

const breaker = z.strictObject({
  consecutiveFailures: wholeNumber({ min: 1, max: 1000 })
    .default(5)
    .describe(
      'Failures in a row after which the panel is left alone, or one action of it where only that fails. Refusals are no failures.',
    ),
  halfOpenAfterMs: milliseconds({ min: 1 })
    .default(10_000)
    .describe('How long it is left alone before its balance is asked once, as a probe.'),
});

/** One panel as the file holds it. */
export const panelSettings = z.strictObject({
  id: text(
    'letters, digits, `-` and `_`, 1 to 64',
    /^[A-Za-z0-9_-]{1,64}$/,
    'must be 1 to 64 letters, digits, - and _',
  ).describe(
    'The name of the panel in every ID, such as `Service:acme:1448`. Never rename it: stored orders carry it.',
  ),
  preset: oneOf(PRESET_NAMES).optional().describe('A well-known panel: gives `url` and `dialect`.'),
  url: endpoint()
    .optional()
    .describe(
      'The endpoint; required without a preset. `http://` only on loopback, or with `allowInsecure: true`. Two panels may share one.',
    ),
  dialect: oneOf(DIALECT_NAMES)
    .optional()
    .describe('The wire language of the panel. Unset: that of the preset, else `standard`.'),
  key: secret().describe('The API key. Keep it out of the file: see "Values from elsewhere".'),
  currency: currencyCode().optional().describe('The currency of its prices, where the panel does not say it.'),
  timeoutMs: milliseconds({ min: 1 }).default(15_000).describe('How long one attempt of a read may take.'),
  deadlineMs: milliseconds({ min: 1 })
    .default(30_000)
    .describe('How long a read may take with its waiting and its retries.'),
  addTimeoutMs: milliseconds({ min: 1 })
    .default(60_000)
    .describe('How long an add, refill or cancel may take, which has one attempt.'),
  requestsPerSecond: perSecond()
    .optional()
    .describe('The most calls a second. Unset: no fixed rate, what the panel refuses is learned.'),
  addsPerSecond: perSecond().optional().describe('The most adds a second. Unset: as the other calls.'),
  concurrency: wholeNumber({ min: 1, max: 1000 }).default(4).describe('The most calls at one time.'),
  addConcurrency: wholeNumber({ min: 1, max: 1000 })
    .default(1)
    .describe(
      'The most adds at one time, over all gateways of the ledger. Panels that take several at once have been seen to lose track of the balance.',
    ),
  sendQuantity: flag()
    .default(false)
    .describe(
      'Whether `quantity` goes along with order forms that do not document it (packages, comments, lists of user names). False: only where the panel is found to demand it.',
    ),
  refusals: refusalPhrases()
    .default({})
    .describe(
      'The panel\'s own words for a refusal, each with the code that it means, such as `"Saldo insuficiente": INSUFFICIENT_FUNDS`. Compared without regard to case, spaces around them and a full stop. Only for words after which nothing was bought.',
    ),
  userAgent: text(
    'printable ASCII, 1 to 200',
    /^[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?$/,
    'must be 1 to 200 printable ASCII characters',
  )
    .default('panelgraph')
    .describe('The `User-Agent` that the panel sees.'),
  batchSize: wholeNumber({ min: 1, max: 100 })
    .default(100)
    .describe('The most ids in one call. Panels refuse more than 100, or answer the first 100 only.'),
  breaker: breaker.prefault({}).describe('When a failing panel is left alone for a while.'),
  idempotencyParameter: text(
    'letters, digits, `-` and `_`, 1 to 64',
    new RegExp(`^(?!(?:${[...ADD_FIELDS].join('|')})$)[A-Za-z0-9_-]{1,64}$`),
    'must be 1 to 64 letters, digits, - and _, and no field of an order',
    'such as request_id',
  )
    .optional()
    .describe(
      'The field of `add` by which the panel recognises a repeat. Only for a panel that documents one: an unanswered `add` is then sent again.',
    ),
  allowInsecure: flag().default(false).describe('Allows `http://` beyond loopback, which sends the key in the clear.'),
});

type PanelSettings = z.output<typeof panelSettings>;

/** One panel, ready to be spoken to: presets and defaults filled in. */
export interface PanelConfig extends Omit<PanelSettings, 'preset' | 'url' | 'dialect'> {
  /** The endpoint: https, or http on loopback or with `allowInsecure`. */
  url: string;
  /** One of DIALECT_NAMES. */
  dialect: string;
}

/** Fills in the preset; what the panel says itself goes first. */
export function completePanel({ preset, url, dialect, ...rest }: PanelSettings): PanelConfig {
  const known = preset === undefined ? undefined : PRESETS[preset];
  return { ...rest, url: url ?? known?.url ?? '', dialect: dialect ?? known?.dialect ?? 'standard' };
}
