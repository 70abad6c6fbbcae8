/** The two commands about orders that a panel takes, each in the forms of its dialect. */
import type { Clock } from '../../domain/time/clock.ts';
import type { Dialect, MultiCodec, SingleCodec } from '../dialect.ts';
import type { Exchange } from '../transport/exchange.ts';
import { OrderCommand } from './order-command.ts';

export interface CreateOrderCommandsOptions {
  readonly exchange: Exchange;
  readonly dialect: Dialect;
  readonly clock: Clock;
}

export interface OrderCommands {
  /** Its result is the number of the refill. */
  readonly refill: OrderCommand<string>;
  readonly cancel: OrderCommand<true>;
}

export function createOrderCommands(options: CreateOrderCommandsOptions): OrderCommands {
  const { refill, cancel } = options.dialect;
  return {
    refill: new OrderCommand({
      ...options,
      action: 'refill',
      single: asListOfOne(refill.single),
      multi: refill.multi,
      isSingleDocumented: true,
    }),
    cancel: new OrderCommand({
      ...options,
      action: 'cancel',
      single: { ...cancel.multi, encode: ([number = '']) => cancel.single.encode(number) },
      multi: cancel.multi,
      isSingleDocumented: false,
    }),
  };
}

/** The codec of one id, as that of a list which holds one. */
function asListOfOne<T>(codec: SingleCodec<string, T>): MultiCodec<T> {
  return {
    encode: ([number = '']) => codec.encode(number),
    decode: (value, [number = ''], context) => {
      const result = codec.decode(value, context);
      return result === null ? null : new Map([[number, { kind: 'found', value: result }]]);
    },
  };
}
