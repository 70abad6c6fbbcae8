/** What a placement of the ledger says to its caller. */
import { CallerError, ProviderError } from '../../domain/errors.ts';
import type { PlacementRecord } from '../../storage/ledger/ledger-store.ts';

/** The answer of an `addOrder`: a purchase, or why there is none (or none that is known of). */
export type PlaceAnswer =
  | {
      readonly kind: 'placed';
      readonly placement: PlacementRecord & { readonly orderNumber: string };
      /** The key had been used before and nothing new was bought. */
      readonly isReplayed: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly error: CallerError | ProviderError;
      /** Null where nothing was written. */
      readonly placement: PlacementRecord | null;
    };

/** The answer that a placement which is not PENDING any more stands for. */
export function answerOf(placement: PlacementRecord, isReplayed: boolean): PlaceAnswer {
  const { orderNumber } = placement;
  if (placement.state === 'PLACED' && orderNumber !== null) {
    return { kind: 'placed', placement: { ...placement, orderNumber }, isReplayed };
  }
  return { kind: 'failed', error: errorOf(placement), placement };
}

/** Why a placement bought nothing, or is not known to have bought; null while it is PENDING, and where it is PLACED. */
export function findPlacementError(placement: PlacementRecord): ProviderError | null {
  return placement.state === 'REJECTED' || placement.state === 'UNKNOWN' ? errorOf(placement) : null;
}

/** One that is still PENDING after all the waiting may have been bought, for all that this caller can know. */
function errorOf({ panel, state, isRetryable, error, sentAt }: PlacementRecord): ProviderError {
  const outcome = state === 'REJECTED' ? (isRetryable ? 'not-sent' : 'rejected') : 'unknown';
  if (error) return new ProviderError({ panel, action: 'add', outcome, ...error });
  const message =
    sentAt === null
      ? 'The order still waits its turn; ask for its placement, or repeat it under the same key.'
      : 'The order has been sent and the panel has not answered yet.';
  return new ProviderError({ panel, action: 'add', outcome, code: 'PANEL_TIMEOUT', message });
}

export function failed(error: CallerError | ProviderError, placement: PlacementRecord | null = null): PlaceAnswer {
  return { kind: 'failed', error, placement };
}

/** An expected failure as an answer; anything else is thrown on. */
export function answerOfError(error: unknown): PlaceAnswer {
  if (error instanceof CallerError || error instanceof ProviderError) return failed(error);
  throw error;
}
