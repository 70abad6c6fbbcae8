/** Settles a placement whose outcome is unknown, by the decision of a person who has looked at the panel. */
import { CallerError } from '../../domain/errors.ts';
import { isPanelNumber } from '../../domain/ids.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import type { LedgerStore, PlacementRecord } from '../../storage/ledger/ledger-store.ts';

/** The number of the order that was bought, or that nothing was bought. */
export type PlacementDecision = { readonly orderNumber: string } | { readonly notPlaced: true };

export interface ResolvePlacementDependencies {
  readonly store: LedgerStore;
  /** How soon the order is asked for, in ms. */
  readonly firstCheckMs: number;
  /** Called where the decision names an order. */
  readonly onPlaced: (panel: string, number: string) => void;
  readonly clock?: Clock;
}

/**
 * Settles an UNKNOWN placement, once. Its key answers by the decision from then on.
 * @throws CallerError INVALID_INPUT where the placement is not UNKNOWN, or the order belongs to another placement
 */
export async function resolvePlacement(
  id: string,
  decision: PlacementDecision,
  { store, firstCheckMs, onPlaced, clock = systemClock }: ResolvePlacementDependencies,
): Promise<PlacementRecord> {
  const at = clock.now();
  if ('orderNumber' in decision) {
    const orderNumber = decision.orderNumber.trim();
    if (!isPanelNumber(orderNumber)) throw invalid(['outcome', 'orderNumber'], 'It is not the number of an order.');
    const placed = { outcome: 'placed', orderNumber, at, nextCheckAt: at + firstCheckMs } as const;
    const settled = read(await store.placements.resolveByOperator(id, placed));
    onPlaced(settled.panel, orderNumber);
    return settled;
  }
  const message = 'A person has looked at the panel: nothing was bought.';
  return read(await store.placements.resolveByOperator(id, { outcome: 'not-placed', at, message }));
}

function read(result: Awaited<ReturnType<LedgerStore['placements']['resolveByOperator']>>): PlacementRecord {
  switch (result.result) {
    case 'settled':
      return result.placement;
    case 'duplicate-order-number':
      throw invalid(['outcome', 'orderNumber'], 'This order belongs to another placement.');
    case 'stale':
      throw result.placement
        ? invalid(['id'], `Only an UNKNOWN placement can be settled; this one is ${result.placement.state}.`)
        : invalid(['id'], 'There is no such placement.');
  }
}

function invalid(path: readonly string[], message: string): CallerError {
  return new CallerError('INVALID_INPUT', message, [{ path, message }]);
}
