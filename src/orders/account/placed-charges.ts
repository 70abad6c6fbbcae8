/** Sums up what placed orders have cost, by their states. */
import { ProviderError } from '../../domain/errors.ts';
import { addDecimals, compareDecimals, type Decimal } from '../../domain/money.ts';
import { isFinalOrder, type OrderState } from '../../domain/order.ts';
import type { LookupResult, LookupResults } from '../../providers/provider.ts';
import type { PlacedOrder } from './balance-book.ts';

/** Null where the state of an order is not known, or the panel may have paid something back. */
export function chargesOf(placed: readonly PlacedOrder[], states: LookupResults<OrderState>): Decimal | null {
  let sum: Decimal = '0';
  for (const order of placed) {
    const charge = chargeOf(order, states.get(order.number));
    if (charge === null) return null;
    sum = addDecimals(sum, charge);
  }
  return sum;
}

/** The charge that the panel reports, otherwise the estimate. Some panels report 0 until they have begun. */
function chargeOf({ charge: estimate }: PlacedOrder, state: LookupResult<OrderState> | undefined): Decimal | null {
  if (!state || state instanceof ProviderError || mayBePaidBack(state)) return null;
  const told = state.charge?.amount ?? null;
  return told === null || compareDecimals(told, '0') === 0 ? (estimate?.amount ?? null) : told;
}

function mayBePaidBack({ status }: OrderState): boolean {
  return status === 'UNKNOWN' || (isFinalOrder(status) && status !== 'COMPLETED');
}
