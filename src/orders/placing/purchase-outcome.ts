/** Decides what has happened to the money when an `add` fails: by the error, and by the balance where it has a say. */
import type { BalanceEvidence } from '../../domain/balance-evidence.ts';
import { GatewayError, ProviderError } from '../../domain/errors.ts';
import type { OrderDetails } from '../../domain/order-forms.ts';
import type { PlacementError, Settlement } from '../../storage/ledger/ledger-store.ts';

/** The outcome by the error alone. An unforeseen error is UNKNOWN where the order may have been sent. */
export function settlementOf(error: unknown, { isSent, at }: { isSent: boolean; at: number }): Settlement {
  if (error instanceof ProviderError) {
    if (error.outcome === 'unknown') return { state: 'UNKNOWN', error: reasonOf(error), at };
    return { state: 'REJECTED', isRetryable: error.outcome === 'not-sent', error: reasonOf(error), at };
  }
  const message = error instanceof GatewayError ? error.message : 'The order failed unexpectedly.';
  const reason = { message, panelMessage: null, retryAfterMs: null };
  return isSent
    ? { state: 'UNKNOWN', error: { ...reason, code: 'PANEL_ERROR' }, at }
    : { state: 'REJECTED', isRetryable: true, error: { ...reason, code: 'STORE_UNAVAILABLE' }, at };
}

/**
 * Whether the balance has a say in the outcome. It has where the gateway does not know the words of the panel's error,
 * and where the panel says that it refused the order, which some panels have said after they had bought.
 */
export function isSettledByBalance(error: unknown): boolean {
  if (!(error instanceof ProviderError)) return false;
  return error.isUnrecognisedRefusal || (error.panelMessage !== null && error.outcome !== 'unknown');
}

/**
 * The outcome by the error and the balance. An unknown error that has cost nothing was a refusal. A refusal that has cost
 * the price of the order is UNKNOWN.
 */
export function settlementByBalance(error: unknown, evidence: BalanceEvidence, settlement: Settlement): Settlement {
  if (!(error instanceof ProviderError) || settlement.state === 'PLACED') return settlement;
  const { at } = settlement;
  const reason = reasonOf(error);
  if (error.isUnrecognisedRefusal && evidence.finding === 'UNCHANGED') {
    const message = `The panel refused, in words that the gateway does not know, and its balance is unchanged: ${error.panelMessage}`;
    const refusal: PlacementError = { ...reason, code: 'PANEL_REJECTED', message };
    return { state: 'REJECTED', isRetryable: false, error: refusal, at, balanceEvidence: evidence };
  }
  if (error.outcome !== 'unknown' && evidence.finding === 'FELL_BY_CHARGE') {
    const message = `The panel refused, but its balance fell by what the order would have cost: ${error.panelMessage}`;
    return { state: 'UNKNOWN', error: { ...reason, code: 'PANEL_ERROR', message }, at, balanceEvidence: evidence };
  }
  return { ...settlement, balanceEvidence: evidence };
}

/** Whether panels take the whole charge with the order. They may charge a drip-feed by run and a subscription by post. */
export function isChargedAtOnce(details: OrderDetails): boolean {
  if (details.form === 'subscription') return false;
  const names = details.form === 'other' ? details.parameters.map(({ name }) => name) : Object.keys(details.values);
  return !names.some((name) => BILLED_LATER.has(name.toLowerCase()));
}

const BILLED_LATER: ReadonlySet<string> = new Set(['runs', 'interval', 'posts', 'old_posts', 'delay', 'expiry']);

function reasonOf(error: ProviderError): PlacementError {
  const { code, message, panelMessage, retryAfterMs, isUnrecognisedRefusal } = error;
  return { code, message, panelMessage, retryAfterMs, ...(isUnrecognisedRefusal && { isUnrecognised: true }) };
}
