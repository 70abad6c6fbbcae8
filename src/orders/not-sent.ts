/** A purchase or a request that did not go out: nothing was bought or changed. */
import { ProviderError } from '../domain/errors.ts';

export interface NotSent {
  readonly panel: string;
  readonly action: 'add' | 'refill' | 'cancel';
  readonly code: 'STORE_UNAVAILABLE' | 'SHUTTING_DOWN';
  readonly message: string;
  readonly cause?: unknown;
}

export function notSent(details: NotSent): ProviderError {
  return new ProviderError({ ...details, outcome: 'not-sent' });
}
