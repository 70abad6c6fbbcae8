import type { Decimal } from '../../domain/money.ts';

/** The quantity and the charge of an order, as far as they can be known before it is sent. */
export type OrderEstimate =
  | {
      /** Total units: quantity x runs for a drip-feed, 1 for a package, the units of all posts for a subscription. */
      readonly quantity: number;
      /** In the panel's currency. */
      readonly charge: Decimal;
    }
  | {
      readonly quantity: null;
      readonly charge: null;
      /** Why they cannot be known. Completes the sentence "Its charge cannot be known beforehand:". */
      readonly reason: string;
    };

export function unknownEstimate(reason: string): OrderEstimate {
  return { quantity: null, charge: null, reason };
}
