/**
 * The errors of the gateway. Each says what has happened to the money.
 * The codes are stable, since clients are written against them.
 */

/** What became of a call: the panel refused it, it was never sent, or it was sent and its effect is unknown. */
export type Outcome = 'rejected' | 'not-sent' | 'unknown';

/** The meaning of a panel's refusal. Nothing was bought or changed. */
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

/** The code of a panel's refusal, or of a person's decision that nothing was bought. */
export type RejectedCode = RefusalCode | 'SETTLED_NOT_PLACED';

/** Nothing reached the panel. Safe to repeat. */
export type NotSentCode = 'PANEL_UNREACHABLE' | 'CIRCUIT_OPEN' | 'RATE_LIMITED' | 'STORE_UNAVAILABLE' | 'SHUTTING_DOWN';

/** It was sent, and no trustworthy answer came. */
export type UnknownCode = 'PANEL_TIMEOUT' | 'PANEL_ERROR' | 'UNREADABLE_REPLY';

/** The gateway itself refused the request. */
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

/** The base of every error that the gateway throws on purpose. Its message may be shown to a client. */
export class GatewayError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** One problem of an input: where it is, and how to correct it. */
export interface InputIssue {
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * The gateway refused the request before it sent or wrote anything. The error has no stack: its cause is in the input, and
 * for the thousands of errors that one request can cause, stacks would take longer than everything else.
 */
export class CallerError extends GatewayError {
  declare readonly code: CallerCode;
  /** The first hundred, and one that says how many are left out. */
  readonly issues: readonly InputIssue[];

  constructor(code: CallerCode, message: string, issues: readonly InputIssue[] = []) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(code, message);
    Error.stackTraceLimit = stackTraceLimit;
    this.issues = firstOf(issues);
  }
}

/** A client corrects the first ones. The messages of thousands would be longer than the input. */
const MOST_ISSUES = 100;

function firstOf(issues: readonly InputIssue[]): readonly InputIssue[] {
  if (issues.length <= MOST_ISSUES) return issues;
  const more = { path: [], message: `There are ${issues.length - MOST_ISSUES} more problems.` };
  return [...issues.slice(0, MOST_ISSUES), more];
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
  /** A sentence of the gateway. Never holds a key. */
  readonly message: string;
  /** The panel's own words, redacted; null where nothing readable came. */
  readonly panelMessage?: string | null;
  /** Whether the panel answered with an error in words that the gateway does not know. Default false. */
  readonly isUnrecognisedRefusal?: boolean;
  /** Milliseconds after which a repeat makes sense; null where nothing is known. */
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/** A call to a panel that failed. Its outcome and code are decided once, by the code that knows the cause. */
export class ProviderError extends GatewayError {
  declare readonly code: ProviderCode;
  readonly panel: string;
  readonly action: string;
  readonly outcome: Outcome;
  readonly panelMessage: string | null;
  /** The panel answered with an error in words that the gateway does not know. The balance may tell what they mean. */
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
