/** How one panel is asked for the states of orders and refills. */

import type { OrderState, RefillState } from '../../domain/order.ts';
import type { Clock } from '../../domain/time/clock.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { Dialect } from '../dialect.ts';
import type { Exchange } from '../transport/exchange.ts';
import { BatchLookup } from './batch-lookup.ts';

export interface CreateStatusLookupsOptions {
  readonly panel: string;
  readonly exchange: Exchange;
  readonly dialect: Dialect;
  readonly batchSize: number;
  readonly telemetry: Pick<Telemetry, 'unknownStatusWord'>;
  readonly clock: Clock;
}

export interface StatusLookups {
  readonly orders: BatchLookup<OrderState>;
  readonly refills: BatchLookup<RefillState>;
}

export function createStatusLookups({ panel, telemetry, ...shared }: CreateStatusLookupsOptions): StatusLookups {
  const { status, refillStatus } = shared.dialect;
  return {
    orders: new BatchLookup({
      ...shared,
      ...status,
      action: 'status',
      notFound: 'ORDER_NOT_FOUND',
      singlyOnRefusal: false,
      // A panel's new word for a status is no failure: it is counted, so that somebody adds it.
      onFound: (state) => {
        if (state.status === 'UNKNOWN') telemetry.unknownStatusWord({ panel, word: state.statusText });
      },
    }),
    refills: new BatchLookup({
      ...shared,
      ...refillStatus,
      action: 'refill_status',
      notFound: 'REFILL_NOT_FOUND',
      singlyOnRefusal: true,
    }),
  };
}
