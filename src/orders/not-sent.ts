/** The errors of a purchase, a refill or a cancellation that was not sent: nothing was bought or changed. */
import { ProviderError, type StoreUnavailableError } from '../domain/errors.ts';

export interface NotSent {
  readonly panel: string;
  readonly action: 'add' | 'refill' | 'cancel';
}

export function notSentOnShutdown(what: NotSent): ProviderError {
  return notSent(what, 'SHUTTING_DOWN', 'The gateway is shutting down; nothing was sent.');
}

/** `reason` is a sentence where the ledger forbids the sending, or the error of a ledger that is away. */
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
