/** The turns of one account among the gateways that share a ledger, and what those have done to its balance. */
import { StoreUnavailableError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { pause } from '../../domain/time/pause.ts';
import type { Panel } from '../../panels/panel.ts';
import type { AddTurnStore } from '../../storage/ledger/ledger-store.ts';
import type { BalanceBook } from './balance-book.ts';

export interface SharedTurnsOptions {
  /** Any of the panels of the account. */
  readonly panel: Panel;
  /** The ids of all of them. */
  readonly names: readonly string[];
  readonly store: AddTurnStore;
  readonly book: BalanceBook;
  /** Does not go back. */
  readonly clock: Clock;
}

/** How often another gateway's turn is looked at. */
const POLL_MS = 50;
/** So far the clocks of two gateways may differ. */
const CLOCKS_APART_MS = 60_000;

export class SharedTurns {
  readonly #options: SharedTurnsOptions;
  #latest = 0;

  constructor(options: SharedTurnsOptions) {
    this.#options = options;
  }

  /** Whether the placement got a turn by then. @throws StoreUnavailableError */
  async take(placement: string, deadlineAt: number): Promise<boolean> {
    const { store, panel, clock } = this.#options;
    const { account, addConcurrency: atOnce } = panel.provider;
    for (;;) {
      const turn = await store.take(placement, { account, atOnce });
      if (turn !== null) {
        await this.#noteOthers(turn);
        return true;
      }
      if (clock.now() >= deadlineAt) return false;
      await pause(POLL_MS);
    }
  }

  /** Another gateway may have asked for a cancellation that has raised the balance since a reading. */
  async doubtOfCancels(readAt: number): Promise<string | null> {
    const { store, names } = this.#options;
    try {
      const isAsked = await store.isCancelAsked({ panels: names, since: readAt - CLOCKS_APART_MS });
      return isAsked ? 'An order was canceled in between, or shortly before.' : null;
    } catch (error) {
      if (error instanceof StoreUnavailableError) return 'Whether an order was canceled in between is not known.';
      throw error;
    }
  }

  /** Between two turns of this gateway others may have had theirs. */
  async #noteOthers(turn: number): Promise<void> {
    const { store, panel, book } = this.#options;
    const after = this.#latest;
    this.#latest = turn;
    if (after === 0 || turn === after + 1) return;
    try {
      const orders = await store.placedByOthers(panel.provider.account, { after, before: turn });
      for (const order of orders ?? []) book.notePlaced(order);
      if (orders !== null) return;
      book.noteUnclear();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
    book.noteMoved();
  }
}
