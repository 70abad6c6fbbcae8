/** Commits the outcome of an order before anybody is told. If the store is away, goes on trying. */
import type { BalanceEvidence } from '../../domain/balance-evidence.ts';
import { ProviderError } from '../../domain/errors.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import type { LedgerStore, PlacementRecord, Settlement, SettleResult } from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { notSentByLedger } from '../not-sent.ts';
import { PersistentWrites } from '../persistent-writes.ts';
import { answerOf, failed, type PlaceAnswer } from './placement-answer.ts';
import type { RunningPlacements } from './running-placements.ts';

export interface PlacementSettlerOptions {
  readonly store: LedgerStore;
  readonly telemetry: Telemetry;
  readonly running: RunningPlacements;
  readonly clock?: Clock | undefined;
  /** Called when the ledger has taken up a new order. */
  readonly onPlaced: (panel: string, number: string) => void;
}

export class PlacementSettler {
  readonly #options: PlacementSettlerOptions;
  readonly #store: LedgerStore;
  readonly #clock: Clock;
  readonly #running: RunningPlacements;
  readonly #writes: PersistentWrites;

  constructor(options: PlacementSettlerOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#clock = options.clock ?? systemClock;
    this.#running = options.running;
    this.#writes = new PersistentWrites({
      onFailure: (what, error) => options.telemetry.outcomeNotStored({ ...what, reason: error.message }),
    });
  }

  /** Lets outcomes that wait for the store be tried only a little longer, since the process is about to end. */
  giveUpSoon(): void {
    this.#writes.giveUpSoon();
  }

  /** Commits the outcome, then answers. If the store is away, the outcome is logged, and the write is repeated. */
  async settle(placement: PlacementRecord, settlement: Settlement): Promise<PlaceAnswer> {
    const { id, attempt, panel } = placement;
    const what = {
      placement: id,
      panel,
      state: settlement.state,
      orderNumber: settlement.state === 'PLACED' ? settlement.orderNumber : null,
    };
    const write = await this.#writes.write(what, () => this.#store.placements.settle(id, settlement, { attempt }));
    if (write.isStored) return this.#answer(placement, settlement, write.value);
    // The placement counts as running until its outcome is stored, so that the recovery leaves it alone.
    void this.#running
      .during(id, async () => {
        const result = await write.later;
        if (result) await this.#answer(placement, settlement, result);
      })
      .catch((error: unknown) => this.#options.telemetry.unexpectedError(`placement ${id}`, error));
    return failed(storeAway(panel, settlement), placement);
  }

  async #answer(placement: PlacementRecord, settlement: Settlement, result: SettleResult): Promise<PlaceAnswer> {
    if (result.result === 'duplicate-order-number') {
      const number = settlement.state === 'PLACED' ? settlement.orderNumber : '';
      return this.settle(placement, {
        state: 'UNKNOWN',
        at: this.#clock.now(),
        error: {
          code: 'UNREADABLE_REPLY',
          message: `The panel answered with order ${number}, which is an earlier one; whether it bought is not known.`,
          panelMessage: null,
          retryAfterMs: null,
        },
      });
    }
    const settled = result.placement ?? placement;
    if (result.result === 'stale') this.#tellOfLateOrder(settled, settlement);
    this.#store.changes.notify('placements');
    this.#options.telemetry.placementSettled({
      panel: settled.panel,
      state: settled.state,
      code: settled.error?.code ?? null,
    });
    if (settled.state === 'PLACED' && settled.orderNumber !== null) {
      this.#options.onPlaced(settled.panel, settled.orderNumber);
      this.#store.changes.notify('orders');
    }
    return answerOf(settled, false);
  }

  /** A person's decision stands, but an order number that arrives after it must not be lost. */
  #tellOfLateOrder({ id, panel, state, orderNumber }: PlacementRecord, late: Settlement): void {
    if (late.state !== 'PLACED' || late.orderNumber === orderNumber) return;
    const message = `The panel answered with order ${late.orderNumber} when the placement was ${state} already.`;
    this.#options.telemetry.unexpectedError(`placement ${id} at ${panel}`, new Error(message));
  }

  /** Notes what the balance says about an unknown outcome, for the person who decides. Returns at once. */
  noteEvidence({ id }: Pick<PlacementRecord, 'id'>, judge: () => Promise<BalanceEvidence>): void {
    const noting = async (): Promise<void> => {
      const evidence = await judge();
      await this.#store.placements.noteEvidence(id, evidence);
    };
    // The note helps a person and is no promise. It is lost if the panel or the store is away.
    void noting().catch(() => undefined);
  }
}

/** The answer while the outcome waits to be stored. An order that was never sent is still reported as not sent. */
function storeAway(panel: string, settlement: Settlement): ProviderError {
  if (settlement.state === 'REJECTED' && settlement.isRetryable) {
    return notSentByLedger({ panel, action: 'add' }, settlement.error.message);
  }
  const message = 'The order was sent and its outcome cannot be stored now; ask for its placement later.';
  return new ProviderError({ panel, action: 'add', outcome: 'unknown', code: 'STORE_UNAVAILABLE', message });
}
