/** The shape of the configuration: names, units, defaults. How a file becomes one is in load-config.ts. */
import { z } from 'zod';
import { currencyCode, exchangeRates, flag, milliseconds, text } from './shape/fields.ts';
import { type LimitsConfig, limitsSettings } from './shape/limits-config.ts';
import { type PanelConfig, panelSettings } from './shape/panel-config.ts';
import { type ServerConfig, serverSettings } from './shape/server-config.ts';

export type { LimitsConfig } from './shape/limits-config.ts';
export type { PanelConfig } from './shape/panel-config.ts';
export type { ServerConfig } from './shape/server-config.ts';

const cacheSettings = z.strictObject({
  url: text(
    '`memory:` or a `redis://` URL',
    /^(?:memory:|rediss?:\/\/\S+)$/,
    'must be memory: or a redis:// URL',
    'such as redis://127.0.0.1:6379',
  )
    .default('memory:')
    .describe('Where lists of services are kept: `memory:`, or `redis://host:6379` to share them between gateways.'),
  servicesTtlMs: milliseconds({ min: 0 })
    .default(600_000)
    .describe('How long a list of services is fresh. An order is priced only from a fresh one.'),
  servicesStaleForMs: milliseconds({ min: 0 })
    .default(86_400_000)
    .describe('How long an expired list may still be served.'),
});

const trackerSettings = z.strictObject({
  enabled: flag().default(true).describe('Whether open orders are followed.'),
  minIntervalMs: milliseconds({ min: 1 })
    .default(30_000)
    .describe('How often a young order is asked for; grows to the maximum as it ages.'),
  maxIntervalMs: milliseconds({ min: 1 }).default(3_600_000).describe('How often an old order is asked for.'),
});

const currencySettings = z.strictObject({
  base: currencyCode().default('USD').describe('The currency that the rates are given in.'),
  rates: exchangeRates()
    .default({})
    .describe('The price of one unit of a currency in the base currency, such as `EUR: "1.10"`.'),
});

/** The whole file. Only `panels` is required. */
export const configSettings = z.strictObject({
  panels: z.array(panelSettings).min(1).describe('The panels behind the gateway.'),
  server: serverSettings.prefault({}).describe('Where and how the gateway listens.'),
  store: text(
    '`sqlite:PATH` or a `postgres://` URL',
    /^(?:sqlite:(?!\/\/[^/])\S(?:.*\S)?|postgres(?:ql)?:\/\/\S+)$/,
    'must be sqlite:PATH or a postgres:// URL',
    'such as sqlite:./panelgraph.db',
  )
    .default('sqlite:./panelgraph.db')
    .describe(
      'Where orders are recorded: `sqlite:PATH` (one gateway for each file: a second one refuses to start; `sqlite::memory:` keeps nothing), or `postgres://user:password@host/database`.',
    ),
  cache: cacheSettings.prefault({}).describe('Lists of services.'),
  statusTtlMs: milliseconds({ min: 0 })
    .default(1000)
    .describe('How long the status of an order may be answered from memory; 0: never.'),
  tracker: trackerSettings.prefault({}).describe('The loop that follows open orders.'),
  currency: currencySettings.prefault({}).describe('Exchange rates, for `Money.in` and for comparing prices.'),
  tokens: z.unknown().optional().describe('Access tokens. Not available in this version: leave it out, or empty.'),
  limits: limitsSettings.prefault({}).describe('What one request may cost.'),
});

export type Settings = z.output<typeof configSettings>;

/** A checked configuration with every default filled in. */
export interface Config extends Omit<Settings, 'panels' | 'server' | 'tokens'> {
  panels: PanelConfig[];
  server: ServerConfig;
  /** `sqlite:` with an absolute path (or `sqlite::memory:`), or a `postgres://` URL, which may hold a password. */
  store: string;
  limits: LimitsConfig;
}
