/** Our object that speaks to one configured panel. Knows no GraphQL and no storage. */
import type { ProviderError } from '../domain/errors.ts';
import type { OrderState, PanelAmount, RefillState } from '../domain/order.ts';
import type { ServiceList } from '../domain/service.ts';
import type { AddRequest } from './dialect.ts';
import type { CallAllowance } from './pacing/call-allowance.ts';
import type { CallSlot, Priority } from './pacing/call-slot.ts';

export type { CallSlot, Priority };

/** The result for one of several ids: the value, null where the panel does not know the id, or why there is none. */
export type LookupResult<T> = T | null | ProviderError;
export type LookupResults<T> = ReadonlyMap<string, LookupResult<T>>;

export type CircuitState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

export interface PanelHealth {
  readonly circuit: CircuitState;
  /** Of recent calls, in milliseconds; null before the first. */
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  /** Share of recent calls that failed, 0 to 1; null before the first. */
  readonly errorRate: number | null;
  readonly lastSuccessAt: Date | null;
  readonly lastError: string | null;
}

export interface ReserveOptions {
  readonly priority: Priority;
  /** Instant in ms after which the answer is of no use. */
  readonly deadlineAt: number;
}

/** The calls of a look-up beyond its first: repeats, parts of a refused batch, numbers asked singly. */
export interface SpareCalls {
  /** Takes one call. @returns those of `numbers` that it may be about; none where no call is left */
  take(numbers: readonly string[]): readonly string[];
  /** How pressing the number itself is, whatever it is asked with. */
  priorityOf(number: string): Priority;
}

export interface LookupOptions<T = unknown> extends ReserveOptions {
  /** Leave for the first call, from `reserveLookup`; the look-up ends it. */
  readonly slot?: CallSlot;
  /** By default there are as many as it takes. */
  readonly spare?: SpareCalls;
  /** Told results as soon as they are there, since some ids may need more calls than others. Each id comes once. */
  readonly onResults?: (results: LookupResults<T>) => void;
}

export interface BalanceOptions {
  /** How long it may take, waiting and retries included, in ms; the provider's `deadlineMs` by default. */
  readonly deadlineMs?: number;
  /** The most attempts; three by default. */
  readonly attempts?: number | undefined;
  /** `lookup` by default. */
  readonly priority?: Priority;
  readonly mayRepeat?: MayRepeat | undefined;
}

/** Takes a call for one more attempt; false where none is left. */
export type MayRepeat = () => boolean;

/** What is looked up by number. */
export type LookupKind = 'order' | 'refill';

export interface AddOptions {
  /**
   * Called once, as the last thing before a byte goes out: circuits, pace and concurrency have let the order pass. If
   * it throws, nothing is sent, and `add` throws the same error.
   */
  readonly beforeSend?: () => Promise<void>;
  /** Leave for the call, from `reserveAddNow`; the `add` ends it. */
  readonly slot?: CallSlot | undefined;
  /** Sent under the panel's idempotency parameter, where one is configured. */
  readonly idempotencyToken?: string;
}

/** What is known of a panel without asking it. */
export interface PanelDescription {
  /** The id in the configuration. */
  readonly panel: string;
  /** Equal for panels with one address and key, which are one account; a digest that shows neither. */
  readonly account: string;
  /** The endpoint's host (with its port where it is not the usual one). */
  readonly host: string;
  readonly dialect: string;
  /** The configured currency; null where the panel is asked. */
  readonly currency: string | null;
  /** How many ids one call may hold, from 1 to the dialect's limit. */
  readonly batchSize: number;
  /** How long a look-up may take, waiting and retries included, in ms. */
  readonly deadlineMs: number;
  /** Whether an unanswered `add` may be repeated: an idempotency parameter is configured for the panel. */
  readonly mayRepeatAdd: boolean;
  /** The parameter by which the panel recognises a repeated `add`; null where none is configured. */
  readonly idempotencyParameter: string | null;
  /** Text that no comment of an order may hold, since the panel would read two comments; null where there is none. */
  readonly commentSeparator: string | null;
  /** How many calls may be under way at once. */
  readonly concurrency: number;
  /** How many adds may be under way at once, counted over all gateways that share the ledger. */
  readonly addConcurrency: number;
}

export interface Provider extends PanelDescription {
  /** @throws ProviderError */
  fetchServices(mayRepeat?: MayRepeat): Promise<ServiceList>;
  /** @throws ProviderError */
  fetchBalance(options?: BalanceOptions): Promise<PanelAmount>;
  /**
   * Waits for leave to make one look-up. A batch is cut only after that, so that it is as full as it can be.
   * @throws ProviderError `not-sent`: CIRCUIT_OPEN, or RATE_LIMITED where the deadline would pass
   */
  reserveLookup(kind: LookupKind, options: ReserveOptions): Promise<CallSlot>;
  /** How long a look-up behind `callsAhead` others would wait for the panel's pace, in ms. */
  lookupWaitMs(callsAhead: number): number;
  /**
   * The state of each order, in as few calls as the panel allows. Never throws for a panel's failure: each of
   * `numbers` holds its own result.
   */
  fetchOrders(numbers: readonly string[], options: LookupOptions<OrderState>): Promise<LookupResults<OrderState>>;
  /** As `fetchOrders`, for refills. Never sends the action that creates refills. */
  fetchRefills(numbers: readonly string[], options: LookupOptions<RefillState>): Promise<LookupResults<RefillState>>;

  /** Leave to send one `add` now; null where it would have to wait for the circuit, the pace or other calls. */
  reserveAddNow(): CallSlot | null;
  /**
   * Buys once, in one attempt on a fresh connection. It is sent a second time only where the panel has refused the
   * first for want of a `quantity`, and so has bought nothing.
   * @returns the panel's order number
   * @throws ProviderError whose `outcome` says what has happened to the money
   */
  add(request: AddRequest, options?: AddOptions): Promise<string>;
  /**
   * Asks once for a refill of each order; one by one where the panel refuses a list for its form. Each number has its
   * own result: the refill's number, or a ProviderError. Orders for which `calls` has no call left are not sent.
   */
  refill(numbers: readonly string[], calls: CallAllowance): Promise<ReadonlyMap<string, string | ProviderError>>;
  /** Asks once to cancel each order, as `refill` does. True: the panel has taken the request. */
  cancel(numbers: readonly string[], calls: CallAllowance): Promise<ReadonlyMap<string, true | ProviderError>>;

  health(): PanelHealth;
  /** Ends idle connections at once, and the others when their calls are done. */
  close(): Promise<void>;
}
