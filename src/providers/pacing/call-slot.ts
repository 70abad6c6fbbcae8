/** Leave to call a panel: how pressing calls are, what is granted to one, and why it is not. */

/** The most pressing first: spending, look-ups, the tracker, lists. */
export type Priority = 'spending' | 'lookup' | 'tracker' | 'list';

/** Leave to make one call. Either ends the leave; a second ending does nothing. */
export interface CallSlot {
  /** The call is over. */
  release(): void;
  /** The call was not made: its place in the pace is free again. */
  giveBack(): void;
}

/** Thrown instead of letting a caller wait past its deadline. */
export class QueueFullError extends Error {
  /** Milliseconds after which there may be room. */
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super('The calls ahead would take longer than the deadline.');
    this.name = 'QueueFullError';
    this.retryAfterMs = Math.ceil(retryAfterMs);
  }
}

/** Thrown at callers that wait when the gateway closes, and at those that come after. */
export class DispatcherClosedError extends Error {
  constructor() {
    super('The gateway is closing.');
    this.name = 'DispatcherClosedError';
  }
}
