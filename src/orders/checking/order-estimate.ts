import type { Decimal } from '../../domain/money.ts';

/** What an order will come to, as far as that can be told before it is sent. */
export type OrderEstimate =
  | {
      /** Units in all: of a drip-feed quantity x runs, of a package 1, of a subscription those of all its posts. */
      readonly quantity: number;
      /** In the panel's currency. */
      readonly charge: Decimal;
    }
  | {
      readonly quantity: null;
      readonly charge: null;
      /** Why it cannot be known: the end of a sentence. */
      readonly reason: string;
    };

export function unknownEstimate(reason: string): OrderEstimate {
  return { quantity: null, charge: null, reason };
}
