/** A purchase or a request that did not go out: nothing was bought or changed. */
import { ProviderError, type StoreUnavailableError } from '../domain/errors.ts';

export interface NotSent {
  readonly panel: string;
  readonly action: 'add' | 'refill' | 'cancel';
}

export function notSentOnShutdown(what: NotSent): ProviderError {
  return notSent(what, 'SHUTTING_DOWN', 'The gateway is shutting down; nothing was sent.');
}

/** The ledger is away, or says that this may not be sent. */
export function notSentByLedger(what: NotSent, reason: string | StoreUnavailableError): ProviderError {
  if (typeof reason === 'string') return notSent(what, 'STORE_UNAVAILABLE', reason);
  return notSent(what, 'STORE_UNAVAILABLE', reason.message, reason);
}

function notSent(
  what: NotSent,
  code: 'STORE_UNAVAILABLE' | 'SHUTTING_DOWN',
  message: string,
  cause?: StoreUnavailableError,
): ProviderError {
  return new ProviderError({ ...what, outcome: 'not-sent', code, message, cause });
}
