import type { Outcome, ProviderCode } from '../../../domain/errors.ts';

/** A refill or a cancellation that was asked for. */
export interface NewOrderRequest {
  /** A random uuid that the caller of the store makes. */
  readonly id: string;
  readonly kind: 'refill' | 'cancel';
  readonly panel: string;
  readonly orderNumber: string;
  readonly caller: string;
  readonly requestedAt: number;
}

export interface OrderRequestOutcome {
  /** `accepted`, or the outcome of the call that failed. */
  readonly outcome: 'accepted' | Outcome;
  readonly code: ProviderCode | null;
  readonly panelMessage: string | null;
  readonly refillNumber: string | null;
  readonly answeredAt: number;
}

/**
 * Refills and cancellations as they were asked for, with what became of each. The gateway only writes them; they are
 * there for the person who asks later what was sent. A request without an answer may or may not have been sent.
 */
export interface OrderRequestStore {
  /** Commits all of the requests or none, before anything is sent. */
  insertRequests(requests: readonly NewOrderRequest[]): Promise<void>;
  /** Writes the answer of each request that has none yet. */
  answerRequests(answers: readonly ({ readonly id: string } & OrderRequestOutcome)[]): Promise<void>;
}
