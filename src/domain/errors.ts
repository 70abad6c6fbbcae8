/**
 * What can go wrong, and what has happened to the money by then.
 * The codes are stable: clients are written against them.
 */

/** What became of a call: the panel said no; it was never sent; it was sent and nobody knows. */
export type Outcome = 'rejected' | 'not-sent' | 'unknown';

/** What a panel's words of refusal mean. Nothing happened. */
export const REFUSAL_CODES = [
  'INSUFFICIENT_FUNDS',
  'INVALID_SERVICE',
  'INVALID_LINK',
  'INVALID_QUANTITY',
  'LINK_BUSY',
  'ORDER_NOT_FOUND',
  'REFILL_NOT_FOUND',
  'REFILL_NOT_ALLOWED',
  'CANCEL_NOT_ALLOWED',
  'INVALID_KEY',
  'PANEL_REJECTED',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A refusal in the panel's own words, named by its kind, or a person's decision. Nothing happened. */
export type RejectedCode = RefusalCode | 'SETTLED_NOT_PLACED';

/** Nothing was sent, or nothing could have been. Safe to repeat. */
export type NotSentCode = 'PANEL_UNREACHABLE' | 'CIRCUIT_OPEN' | 'RATE_LIMITED' | 'STORE_UNAVAILABLE' | 'SHUTTING_DOWN';

/** Sent, and no trustworthy answer. */
export type UnknownCode = 'PANEL_TIMEOUT' | 'PANEL_ERROR' | 'UNREADABLE_REPLY';

/** Refused by the gateway itself. */
export type CallerCode =
  | 'INVALID_INPUT'
  | 'IDEMPOTENCY_CONFLICT'
  | 'PRICE_CHANGED'
  | 'BUDGET_EXCEEDED'
  | 'ORDER_NOT_FOUND'
  | 'REFILL_NOT_FOUND'
  | 'INVALID_SERVICE'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND';

export type ProviderCode = RejectedCode | NotSentCode | UnknownCode;
export type ErrorCode = CallerCode | ProviderCode | 'STORE_UNAVAILABLE' | 'SHUTTING_DOWN';

/** The root of every error that the gateway raises on purpose; its message may be shown to a client. */
export class GatewayError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** One thing wrong with an input: where, and what to do about it. */
export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/** Refused by the gateway before anything was sent or written. */
export class CallerError extends GatewayError {
  declare readonly code: CallerCode;
  readonly issues: readonly InputIssue[];

  constructor(code: CallerCode, message: string, issues: readonly InputIssue[] = []) {
    super(code, message);
    this.issues = issues;
  }
}

/** The store cannot be used now; nothing was sent. */
export class StoreUnavailableError extends GatewayError {
  constructor(message: string, options?: ErrorOptions) {
    super('STORE_UNAVAILABLE', message, options);
  }
}

export interface ProviderErrorDetails {
  /** The panel's id. */
  readonly panel: string;
  /** The wire action, such as `add`. */
  readonly action: string;
  readonly outcome: Outcome;
  readonly code: ProviderCode;
  /** The gateway's sentence; never holds a key. */
  readonly message: string;
  /** The panel's own words, redacted; null where it said nothing readable. */
  readonly panelMessage?: string | null;
  /** The panel answered with an error in words that the gateway does not know; false by default. */
  readonly isUnrecognisedRefusal?: boolean;
  /** Milliseconds after which a repeat makes sense; null where nothing is known. */
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** One failed exchange with one panel. Classified once, where it is known. */
export class ProviderError extends GatewayError {
  declare readonly code: ProviderCode;
  readonly panel: string;
  readonly action: string;
  readonly outcome: Outcome;
  readonly panelMessage: string | null;
  /** The panel answered with an error in words that the gateway does not know: its balance may tell what they mean. */
  readonly isUnrecognisedRefusal: boolean;
  readonly retryAfterMs: number | null;

  constructor(details: ProviderErrorDetails) {
    super(details.code, details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.panel = details.panel;
    this.action = details.action;
    this.outcome = details.outcome;
    this.panelMessage = details.panelMessage ?? null;
    this.isUnrecognisedRefusal = details.isUnrecognisedRefusal ?? false;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}
