/** The provider of one configured panel: its dialect over its exchange. */
import { createHash } from 'node:crypto';
import type { PanelConfig } from '../config/config.ts';
import type { Clock } from '../domain/clock.ts';
import { ProviderError } from '../domain/errors.ts';
import type { OrderState } from '../domain/order.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { BatchLookup } from './batch-lookup.ts';
import type { DecodeContext, Dialect, MultiCodec, Reading, SingleCodec, WireForm, WireValue } from './dialect.ts';
import { withOwnPhrases } from './own-phrases.ts';
import { PanelAdds } from './panel-adds.ts';
import type { Provider } from './provider.ts';
import { steadyClock } from './steady-clock.ts';
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
    concurrency: config.concurrency,
    addConcurrency: config.addConcurrency,
    mayRepeatAdd: config.idempotencyParameter !== undefined,

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

    refill: (numbers) => {
      const [only] = numbers;
      const { single, multi } = dialect.refill;
      if (numbers.length === 1 && only !== undefined) {
        const readOne = (value: WireValue, context: DecodeContext) => {
          const number = single.decode(value, context);
          return number === null ? null : new Map([[only, { kind: 'found', value: number } as const]]);
        };
        return spendMany('refill', numbers, single.encode(only), readOne);
      }
      return spendMany('refill', numbers, multi.encode(numbers), (value, context) =>
        multi.decode(value, numbers, context),
      );
    },
    cancel: (numbers) => {
      const { multi } = dialect.cancel;
      return spendMany('cancel', numbers, multi.encode(numbers), (value, context) =>
        multi.decode(value, numbers, context),
      );
    },

    health: () => ({ circuit: exchange.circuit, ...exchange.stats() }),
    close: () => exchange.close(),
  };

  /** One call for several orders; a failure of the call is the failure of each. */
  async function spendMany<T>(
    action: 'refill' | 'cancel',
    numbers: readonly string[],
    form: WireForm,
    read: (value: WireValue, context: DecodeContext) => ReadonlyMap<string, Reading<T>> | null,
  ): Promise<ReadonlyMap<string, T | ProviderError>> {
    try {
      const readings = await exchange.spend({ action, form, read });
      return new Map(numbers.map((number) => [number, resultOf(action, readings.get(number))]));
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return new Map(numbers.map((number) => [number, error]));
    }
  }

  function resultOf<T>(action: 'refill' | 'cancel', reading: Reading<T> | undefined): T | ProviderError {
    switch (reading?.kind) {
      case 'found':
        return reading.value;
      case 'refused':
        return exchange.refused(action, reading.refusal);
      default:
        return exchange.unreadable(action, 'it does not say what became of the order');
    }
  }
}
