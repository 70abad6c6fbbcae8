/** The provider of one configured panel: its dialect over its exchange. */
import { createHash } from 'node:crypto';
import type { PanelConfig } from '../config/config.ts';
import { type Clock, steadyClock } from '../domain/time/clock.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Dialect } from './dialect.ts';
import type { LongListReader } from './lists/long-list.ts';
import { createStatusLookups } from './lookups/status-lookups.ts';
import { withOwnPhrases } from './own-phrases.ts';
import type { PanelDescription, Provider } from './provider.ts';
import { createOrderCommands } from './spending/order-commands.ts';
import { PanelAdds } from './spending/panel-adds.ts';
import { Exchange } from './transport/exchange.ts';
import { callWithoutInput } from './transport/panel-call.ts';

export interface CreateProviderOptions {
  readonly config: PanelConfig;
  readonly dialect: Dialect;
  readonly telemetry: Telemetry;
  readonly longLists: LongListReader;
  readonly clock?: Clock;
}

export function createProvider({ dialect: family, ...options }: CreateProviderOptions): Provider {
  const { config, telemetry, longLists, ...clocks } = options;
  const dialect = withOwnPhrases(family, config.refusals);
  const exchange = new Exchange({ config, dialect, telemetry, longLists, ...clocks });
  // The coalescers compute deadlines by the same steady clock: by a wall clock that is set, all would be refused.
  const { clock = steadyClock } = clocks;
  const description = describePanel(config, dialect);
  const { panel, batchSize, deadlineMs } = description;
  const lookups = createStatusLookups({ panel, exchange, dialect, batchSize, telemetry, clock });
  const commands = createOrderCommands({ exchange, dialect, clock });
  const adds = new PanelAdds({ exchange, dialect, config });
  const deadlineAfter = (ms: number): number => clock.now() + Math.min(ms, deadlineMs);

  return {
    ...description,

    fetchServices: async (mayRepeat) => {
      const list = await exchange.ask({
        ...callWithoutInput(dialect, 'services', dialect.services),
        priority: 'list',
        deadlineAt: deadlineAfter(deadlineMs),
        mayRepeat,
      });
      if (list.services.length > 0 || list.skippedCount === 0) return list;
      throw exchange.unreadable('services', `none of its ${list.skippedCount} entries is a service`);
    },
    fetchBalance: ({ deadlineMs: ms = deadlineMs, priority = 'lookup', attempts, mayRepeat } = {}) =>
      exchange.ask({
        ...callWithoutInput(dialect, 'balance', dialect.balance),
        priority,
        deadlineAt: deadlineAfter(ms),
        attempts,
        mayRepeat,
      }),
    reserveLookup: (kind, options) =>
      exchange.reserve({ ...options, action: kind === 'order' ? 'status' : 'refill_status' }),
    lookupWaitMs: (callsAhead) => exchange.waitMs('lookup', callsAhead),
    fetchOrders: (numbers, options) => lookups.orders.fetch(numbers, options),
    fetchRefills: (numbers, options) => lookups.refills.fetch(numbers, options),

    reserveAddNow: () => exchange.reserveAddNow(),
    add: (request, options) => adds.add(request, options),

    refill: (numbers, calls) => commands.refill.send(numbers, calls),
    cancel: (numbers, calls) => commands.cancel.send(numbers, calls),

    health: () => ({ circuit: exchange.circuit, ...exchange.stats() }),
    close: () => exchange.close(),
  };
}

function describePanel(config: PanelConfig, dialect: Dialect): PanelDescription {
  return {
    panel: config.id,
    account: createHash('sha256').update(`${config.url}\n${config.key.reveal()}`).digest('base64url'),
    host: new URL(config.url).host,
    dialect: dialect.name,
    currency: config.currency ?? null,
    batchSize: Math.min(config.batchSize, dialect.maxBatchSize),
    deadlineMs: config.deadlineMs,
    commentSeparator: dialect.commentSeparator,
    concurrency: config.concurrency,
    addConcurrency: config.addConcurrency,
    mayRepeatAdd: config.idempotencyParameter !== undefined,
    idempotencyParameter: config.idempotencyParameter ?? null,
  };
}
