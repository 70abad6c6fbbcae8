/** The answer that a placement in the ledger gives to its caller. */
import { CallerError, ProviderError } from '../../domain/errors.ts';
import type { PlacementRecord } from '../../storage/ledger/ledger-store.ts';

/** The answer to an `addOrder`: the order that was bought, or the error. */
export type PlaceAnswer =
  | {
      readonly kind: 'placed';
      readonly placement: PlacementRecord & { readonly orderNumber: string };
      /** Whether the key had been used before, so that nothing new was bought. */
      readonly isReplayed: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly error: CallerError | ProviderError;
      /** Null where nothing was written. */
      readonly placement: PlacementRecord | null;
    };

/** The answer by the state of a placement. */
export function answerOf(placement: PlacementRecord, isReplayed: boolean): PlaceAnswer {
  const { orderNumber } = placement;
  if (placement.state === 'PLACED' && orderNumber !== null) {
    return { kind: 'placed', placement: { ...placement, orderNumber }, isReplayed };
  }
  return { kind: 'failed', error: errorOf(placement), placement };
}

/** The error of a REJECTED or UNKNOWN placement; null for a PENDING or a PLACED one. */
export function findPlacementError(placement: PlacementRecord): ProviderError | null {
  return placement.state === 'REJECTED' || placement.state === 'UNKNOWN' ? errorOf(placement) : null;
}

/** A placement that is still PENDING after the wait gives an `unknown` error: this caller cannot know its outcome. */
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

/** Turns an expected error into an answer, and throws any other. */
export function answerOfError(error: unknown): PlaceAnswer {
  if (error instanceof CallerError || error instanceof ProviderError) return failed(error);
  throw error;
}
