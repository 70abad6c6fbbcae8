/**
 * Asks panels to refill or to cancel orders. Each request is recorded, sent once, in as few calls as the panel allows,
 * and its outcome is recorded too.
 */
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../access/caller.ts';
import { type CallerError, GatewayError, ProviderError, StoreUnavailableError } from '../../domain/errors.ts';
import type { PanelItemRef } from '../../domain/ids.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { WorkUnderWay } from '../../domain/work-under-way.ts';
import type { Panel } from '../../panels/panel.ts';
import type { Panels } from '../../panels/panels.ts';
import type { CallAllowance } from '../../providers/pacing/call-allowance.ts';
import type { Provider } from '../../providers/provider.ts';
import type { LedgerStore, NewOrderRequest, OrderRequestOutcome } from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { AskedNumbers } from '../asked-numbers.ts';
import { notSentByLedger, notSentOnShutdown } from '../not-sent.ts';
import { PersistentWrites } from '../persistent-writes.ts';
import type { Requester } from '../requester.ts';
import { readChangedOrders } from './changed-orders.ts';

export interface OrderChangesOptions {
  readonly panels: Panels;
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  readonly askedNumbers: AskedNumbers;
  /** Called when the ledger has taken up a new refill. */
  readonly onRefill: (panel: string, number: string) => void;
  /** Called when a cancellation goes out: from then on the panel may pay back at any moment. */
  readonly onCancel: (panel: string) => void;
  /** How soon a changed order or a new refill is asked for, in ms. */
  readonly firstCheckMs: number;
  readonly clock?: Clock;
}

/** The result for one order of the argument. */
export type ChangeResult<T> =
  | { readonly order: PanelItemRef; readonly value: T; readonly error: null }
  | { readonly order: PanelItemRef | null; readonly value: null; readonly error: CallerError | ProviderError };

interface Change<T> {
  readonly kind: 'refill' | 'cancel';
  readonly send: (
    provider: Provider,
    numbers: readonly string[],
    calls: CallAllowance,
  ) => Promise<ReadonlyMap<string, T | ProviderError>>;
  /** The number of the refill; null for a cancellation. */
  readonly refillNumberOf: (value: T) => string | null;
}

const REFILL: Change<string> = {
  kind: 'refill',
  send: (provider, numbers, calls) => provider.refill(numbers, calls),
  refillNumberOf: (number) => number,
};
const CANCEL: Change<true> = {
  kind: 'cancel',
  send: (provider, numbers, calls) => provider.cancel(numbers, calls),
  refillNumberOf: () => null,
};

export class OrderChanges {
  readonly #options: OrderChangesOptions;
  readonly #clock: Clock;
  readonly #writes: PersistentWrites;
  readonly #underWay = new WorkUnderWay();
  #isClosing = false;

  constructor(options: OrderChangesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#writes = new PersistentWrites({
      onFailure: (what, error) => options.telemetry.outcomeNotStored({ ...what, reason: error.message }),
    });
  }

  /**
   * The number of the refill for each order, in the order of `orderIds`. One order's failure does not throw. Orders for
   * which `calls` has no call left are not sent.
   */
  refill(caller: Caller, orderIds: readonly string[], calls: CallAllowance): Promise<ChangeResult<string>[]> {
    return this.#underWay.track(this.#change({ caller, calls }, orderIds, REFILL));
  }

  /** Whether the panel took the request, for each order, as `refill`. */
  cancel(caller: Caller, orderIds: readonly string[], calls: CallAllowance): Promise<ChangeResult<true>[]> {
    return this.#underWay.track(this.#change({ caller, calls }, orderIds, CANCEL));
  }

  /** Sends no more requests. Calls that were sent go on. */
  stop(): void {
    this.#isClosing = true;
  }

  /** Stops, waits for the calls that were sent, and stores their outcomes. */
  async close(): Promise<void> {
    this.stop();
    this.#writes.giveUpSoon();
    await this.#underWay.ended();
  }

  async #change<T>(requester: Requester, orderIds: readonly string[], change: Change<T>): Promise<ChangeResult<T>[]> {
    const refs = await readChangedOrders(orderIds, { ...this.#options, kind: change.kind });
    const known = refs.filter((ref): ref is PanelItemRef => !(ref instanceof GatewayError));
    const results = new Map<string, ReadonlyMap<string, T | ProviderError>>();
    await Promise.all(
      Array.from(
        Map.groupBy(known, ({ panel }) => panel),
        async ([panel, items]) => {
          const numbers = [...new Set(items.map(({ number }) => number))];
          results.set(panel, await this.#changeAtPanel(requester, panel, numbers, change));
        },
      ),
    );
    return refs.map((ref) => {
      if (ref instanceof GatewayError) return { order: null, value: null, error: ref };
      const result = results.get(ref.panel)?.get(ref.number);
      if (result === undefined) throw new Error('The results of a panel lack an order that it was asked to change.');
      if (result instanceof ProviderError) return { order: ref, value: null, error: result };
      return { order: ref, value: result, error: null };
    });
  }

  async #changeAtPanel<T>(
    requester: Requester,
    name: string,
    numbers: readonly string[],
    change: Change<T>,
  ): Promise<ReadonlyMap<string, T | ProviderError>> {
    const panel = this.#options.panels.find(name);
    if (!panel) throw new Error(`The panel ${name} was found before, but is not configured.`);
    const { batchSize } = panel.provider;
    const chunks: string[][] = [];
    for (let start = 0; start < numbers.length; start += batchSize) {
      chunks.push(numbers.slice(start, start + batchSize));
    }
    const results = await Promise.all(chunks.map((chunk) => this.#send(requester, panel, chunk, change)));
    return new Map(results.flatMap((result) => [...result]));
  }

  /**
   * Records the requests, sends them, and records the outcomes. Answers to look-ups are forgotten twice, since a look-up
   * that begins during the call may still bring the old state.
   */
  async #send<T>(
    { caller, calls }: Requester,
    { name: panel, provider, orders }: Panel,
    numbers: readonly string[],
    change: Change<T>,
  ): Promise<ReadonlyMap<string, T | ProviderError>> {
    const { store } = this.#options;
    const requestedAt = this.#clock.now();
    const requests = numbers.map(
      (orderNumber): NewOrderRequest => ({
        id: randomUUID(),
        kind: change.kind,
        panel,
        orderNumber,
        caller: caller.name,
        requestedAt,
      }),
    );
    try {
      this.#assertOpen(panel, change.kind);
      await store.requests.insertRequests(requests);
    } catch (error) {
      const failure =
        error instanceof StoreUnavailableError ? notSentByLedger({ panel, action: change.kind }, error) : error;
      if (!(failure instanceof ProviderError)) throw failure;
      return new Map(numbers.map((number) => [number, failure]));
    }
    orders.forget(numbers);
    if (change.kind === 'cancel') this.#options.onCancel(panel);
    const results = await change.send(provider, numbers, calls);
    orders.forget(numbers);
    await this.#record(caller, requests, results, change);
    return results;
  }

  async #record<T>(
    caller: Caller,
    requests: readonly NewOrderRequest[],
    results: ReadonlyMap<string, T | ProviderError>,
    change: Change<T>,
  ): Promise<void> {
    const answeredAt = this.#clock.now();
    const answers = requests.map((request) => ({
      ...request,
      ...outcomeOf(results.get(request.orderNumber), answeredAt, change),
    }));
    const what = {
      requests: answers.map(({ kind, panel, orderNumber, outcome, refillNumber }) => ({
        kind,
        panel,
        orderNumber,
        outcome,
        refillNumber,
      })),
    };
    const write = await this.#writes.write(what, () => this.#store(caller, answers));
    if (!write.isStored) void this.#underWay.track(write.later);
  }

  /** Safe to repeat: the ledger keeps the first answer, and a refill that it holds already. */
  async #store(caller: Caller, answers: readonly (NewOrderRequest & OrderRequestOutcome)[]): Promise<void> {
    const { store, firstCheckMs } = this.#options;
    await store.requests.answerRequests(answers);
    const now = this.#clock.now();
    const nextCheckAt = now + firstCheckMs;
    for (const { panel, orderNumber, refillNumber: number } of answers) {
      if (number === null) continue;
      const state = { status: 'PENDING', statusText: '', checkedAt: new Date(now) } as const;
      await store.refills.insertRefill({
        panel,
        number,
        orderNumber,
        caller: caller.name,
        state,
        nextCheckAt,
        createdAt: now,
      });
      this.#options.onRefill(panel, number);
    }
    // A refill makes the tracker follow a final order again. A cancellation is checked soon.
    const accepted = answers.filter(({ outcome }) => outcome === 'accepted');
    for (const [panel, items] of Map.groupBy(accepted, (answer) => answer.panel)) {
      await store.orders.schedule(
        panel,
        items.map(({ orderNumber }) => ({ number: orderNumber, nextCheckAt })),
      );
    }
  }

  #assertOpen(panel: string, action: 'refill' | 'cancel'): void {
    if (this.#isClosing) throw notSentOnShutdown({ panel, action });
  }
}

function outcomeOf<T>(
  result: T | ProviderError | undefined,
  answeredAt: number,
  change: Change<T>,
): OrderRequestOutcome {
  if (result instanceof ProviderError) {
    const { outcome, code, panelMessage } = result;
    return { outcome, code, panelMessage, refillNumber: null, answeredAt };
  }
  const refillNumber = result === undefined ? null : change.refillNumberOf(result);
  return { outcome: 'accepted', code: null, panelMessage: null, refillNumber, answeredAt };
}
