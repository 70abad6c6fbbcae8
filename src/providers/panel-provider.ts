/** The provider of one configured panel: its dialect over its exchange. */
import { createHash } from 'node:crypto';
import type { PanelConfig } from '../config/config.ts';
import { type Clock, steadyClock } from '../domain/clock.ts';
import type { OrderState } from '../domain/order.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Dialect, MultiCodec, SingleCodec } from './dialect.ts';
import { BatchLookup } from './lookups/batch-lookup.ts';
import { withOwnPhrases } from './own-phrases.ts';
import type { Provider } from './provider.ts';
import { OrderCommand } from './spending/order-command.ts';
import { PanelAdds } from './spending/panel-adds.ts';
import { Exchange } from './transport/exchange.ts';

export interface CreateProviderOptions {
  readonly config: PanelConfig;
  readonly dialect: Dialect;
  readonly telemetry: Telemetry;
  readonly clock?: Clock;
}

export function createProvider({ config, telemetry, ...options }: CreateProviderOptions): Provider {
  const { dialect: family, ...clocks } = options;
  const dialect = withOwnPhrases(family, config.refusals);
  const exchange = new Exchange({ config, dialect, telemetry, ...clocks });
  // Deadlines come from the coalescers too: both must read one clock, or a wall clock that is set would refuse all.
  const { clock = steadyClock } = clocks;
  const batchSize = Math.min(config.batchSize, dialect.maxBatchSize);
  const lookup = { exchange, batchSize, clock };
  const orders = new BatchLookup({
    ...lookup,
    single: noticing(dialect.status.single),
    multi: noticingMulti(dialect.status.multi),
    action: 'status',
    notFound: 'ORDER_NOT_FOUND',
    singlyOnRefusal: false,
  });
  const adds = new PanelAdds({ exchange, dialect, config });
  const command = { exchange, dialect, clock };
  const refillCommand = new OrderCommand({
    ...command,
    action: 'refill',
    single: asOneOfSeveral(dialect.refill.single),
    multi: dialect.refill.multi,
    isSingleDocumented: true,
  });
  const cancelCommand = new OrderCommand({
    ...command,
    action: 'cancel',
    single: { ...dialect.cancel.multi, encode: ([number = '']) => dialect.cancel.single.encode(number) },
    multi: dialect.cancel.multi,
    isSingleDocumented: false,
  });
  const refills = new BatchLookup({
    ...lookup,
    ...dialect.refillStatus,
    action: 'refill_status',
    notFound: 'REFILL_NOT_FOUND',
    singlyOnRefusal: true,
  });

  /** A panel's new word for a status is counted, so that somebody adds it; it is never a failure. */
  function notice(state: OrderState | null): OrderState | null {
    if (state?.status === 'UNKNOWN') telemetry.unknownStatusWord({ panel: config.id, word: state.statusText });
    return state;
  }
  function noticing(codec: SingleCodec<string, OrderState>): SingleCodec<string, OrderState> {
    return { ...codec, decode: (value, context) => notice(codec.decode(value, context)) };
  }
  function noticingMulti(codec: MultiCodec<OrderState>): MultiCodec<OrderState> {
    return {
      ...codec,
      decode: (value, numbers, context) => {
        const readings = codec.decode(value, numbers, context);
        for (const reading of readings?.values() ?? []) if (reading.kind === 'found') notice(reading.value);
        return readings;
      },
    };
  }

  const askOptions = () => ({ deadlineAt: clock.now() + config.deadlineMs });

  return {
    panel: config.id,
    account: createHash('sha256').update(`${config.url}\n${config.key.reveal()}`).digest('base64url'),
    host: new URL(config.url).host,
    dialect: dialect.name,
    currency: config.currency ?? null,
    batchSize,
    deadlineMs: config.deadlineMs,
    commentSeparator: dialect.commentSeparator,
    concurrency: config.concurrency,
    addConcurrency: config.addConcurrency,
    mayRepeatAdd: config.idempotencyParameter !== undefined,
    idempotencyParameter: config.idempotencyParameter ?? null,

    fetchServices: () =>
      exchange.ask({
        ...askOptions(),
        action: 'services',
        priority: 'list',
        form: dialect.services.encode(),
        read: dialect.services.decode,
      }),
    fetchBalance: ({ deadlineMs = config.deadlineMs, priority = 'lookup', attempts } = {}) =>
      exchange.ask({
        deadlineAt: clock.now() + Math.min(deadlineMs, config.deadlineMs),
        action: 'balance',
        priority,
        attempts,
        form: dialect.balance.encode(),
        read: dialect.balance.decode,
      }),
    reserveLookup: (kind, options) =>
      exchange.reserve({ ...options, action: kind === 'order' ? 'status' : 'refill_status' }),
    lookupWaitMs: (callsAhead) => exchange.waitMs('lookup', callsAhead),
    fetchOrders: (numbers, options) => orders.fetch(numbers, options),
    fetchRefills: (numbers, options) => refills.fetch(numbers, options),

    reserveAddNow: () => exchange.reserveAddNow(),
    add: (request, options) => adds.add(request, options),

    refill: (numbers) => refillCommand.send(numbers),
    cancel: (numbers) => cancelCommand.send(numbers),

    health: () => ({ circuit: exchange.circuit, ...exchange.stats() }),
    close: () => exchange.close(),
  };
}

/** The codec of one id, as that of a list which holds one. */
function asOneOfSeveral<T>(codec: SingleCodec<string, T>): MultiCodec<T> {
  return {
    encode: ([number = '']) => codec.encode(number),
    decode: (value, [number = ''], context) => {
      const result = codec.decode(value, context);
      return result === null ? null : new Map([[number, { kind: 'found', value: result }]]);
    },
  };
}
