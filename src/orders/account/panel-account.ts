/**
 * One account at a panel, for the placing of orders: the turns of its adds, in this gateway and among all gateways of
 * the ledger, and its balance as evidence for the outcome of an order.
 */
import {
  type BalanceBefore,
  type BalanceEvidence,
  type BalanceReading,
  judgeBalance,
} from '../../domain/balance-evidence.ts';
import { ProviderError, StoreUnavailableError } from '../../domain/errors.ts';
import type { Decimal, Money } from '../../domain/money.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { pause } from '../../domain/time/pause.ts';
import { withinMs } from '../../domain/time/within-ms.ts';
import type { Panel } from '../../panels/panel.ts';
import type { AddTurnStore } from '../../storage/ledger/ledger-store.ts';
import { type AddTurn, AddTurns } from './add-turns.ts';
import { BalanceBook, type PlacedOrder } from './balance-book.ts';
import { chargesOf } from './placed-charges.ts';

export interface PanelAccountOptions {
  /** Any of the panels of this account. */
  readonly panel: Panel;
  /** Null where no other gateway can share the ledger. */
  readonly turns: AddTurnStore | null;
  /** A clock that does not go back. */
  readonly clock: Clock;
}

/** What an order would take from the balance. */
export interface ExpectedCharge {
  /** Null where the charge cannot be known. */
  readonly charge: Money | null;
  /** False for an order that panels charge bit by bit, or later. */
  readonly isChargedAtOnce: boolean;
}

interface Reading {
  readonly deadlineMs: number;
  readonly attempts?: number;
}

/** For the balance before an order. An order is sent without evidence rather than wait longer. */
const BEFORE: Reading = { deadlineMs: 2_000, attempts: 1 };
/** For the balance after an unclear order, whose caller is waiting. */
const AFTER: Reading = { deadlineMs: 5_000 };
/** How often a shared turn is requested again while other gateways hold theirs. */
const POLL_MS = 50;

export class PanelAccount {
  readonly #options: PanelAccountOptions;
  readonly #turns: AddTurns;
  readonly #book: BalanceBook;
  #latestTurn = 0;
  #reading: Promise<BalanceReading | null> | undefined;

  constructor(options: PanelAccountOptions) {
    this.#options = options;
    this.#turns = new AddTurns(options.panel.provider.addConcurrency);
    this.#book = new BalanceBook(options.clock);
  }

  /** A turn, if it can be had without any waiting; otherwise null. */
  takeTurnNow(): AddTurn | null {
    return this.#options.turns !== null || this.#book.isDue ? null : this.#turns.takeNow();
  }

  /**
   * A turn for a PENDING placement. Asks for the balance first where the last reading is too old.
   * @throws ProviderError `not-sent` where no turn becomes free within the deadline
   * @throws StoreUnavailableError
   */
  async takeTurn(placement: string): Promise<AddTurn> {
    const { deadlineMs } = this.#options.panel.provider;
    const deadlineAt = this.#options.clock.now() + deadlineMs;
    const turn = await this.#turns.take(deadlineMs);
    if (!turn) throw this.#busy();
    try {
      await this.#takeShared(placement, deadlineAt);
      if (this.#book.isDue && turn.isOnly) await turn.whileAlone(() => this.#read(BEFORE));
      return turn;
    } catch (error) {
      turn.release();
      throw error;
    }
  }

  /** What is known of the balance before an order that is about to be sent. */
  get before(): BalanceBefore | null {
    // Other gateways may be adding at the same time, so that a change of the balance cannot be ascribed to one order.
    const isMixed = this.#options.turns !== null && this.#options.panel.provider.addConcurrency > 1;
    return isMixed ? null : this.#book.before;
  }

  notePlaced(order: PlacedOrder): void {
    this.#book.notePlaced(order);
  }

  /** Something other than an order may move the balance. */
  noteMoved(): void {
    this.#book.noteMoved();
  }

  /** Asks for the balance after an order, once no other add is under way, and judges the order by it. Never throws. */
  judge(turn: AddTurn, order: ExpectedCharge): Promise<BalanceEvidence> {
    return turn.whileAlone(async () => {
      const { before } = this;
      const { placed } = this.#book;
      const [after, chargedBetween] = await Promise.all([this.#read(AFTER), this.#askCharges(placed)]);
      return judgeBalance({
        before: before && { ...before, chargedBetween },
        after,
        ...order,
        places: this.#book.places,
      });
    });
  }

  /** What the orders have cost by now, asked from the panel: an order that it has paid back must not hide another. */
  async #askCharges(placed: readonly PlacedOrder[]): Promise<Decimal | null> {
    if (placed.length === 0) return '0';
    const { panel, clock } = this.#options;
    const deadlineAt = clock.now() + AFTER.deadlineMs;
    const numbers = placed.map(({ number }) => number);
    const states = await panel.provider.fetchOrders(numbers, { priority: 'spending', deadlineAt });
    return chargesOf(placed, states);
  }

  /** Orders that are judged at the same time share one call. Null where the panel does not tell its balance. */
  #read(options: Reading): Promise<BalanceReading | null> {
    this.#reading ??= this.#ask(options).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #ask(options: Reading): Promise<BalanceReading | null> {
    const { panel } = this.#options;
    try {
      const balance = await withinMs(options.deadlineMs, panel.freshBalance(options));
      if (balance) {
        const { amount, currency, checkedAt } = balance;
        const reading = { amount, currency: panel.provider.currency ?? currency, at: checkedAt.getTime() };
        this.#book.noteReading(reading);
        return reading;
      }
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.outcome === 'not-sent') {
        this.#book.noteMoved();
        return null;
      }
    }
    this.#book.noteUnread();
    return null;
  }

  /** Waits for a turn among the gateways that share the ledger. */
  async #takeShared(placement: string, deadlineAt: number): Promise<void> {
    const { turns, panel, clock } = this.#options;
    if (!turns) return;
    const { account, addConcurrency: atOnce } = panel.provider;
    for (;;) {
      const turn = await turns.take(placement, { account, atOnce });
      if (turn !== null) return this.#noteOthers(turns, turn);
      if (clock.now() >= deadlineAt) throw this.#busy();
      await pause(POLL_MS);
    }
  }

  /** Notes the orders that other gateways have placed between two turns of this one. */
  async #noteOthers(turns: AddTurnStore, turn: number): Promise<void> {
    const after = this.#latestTurn;
    this.#latestTurn = turn;
    if (after === 0 || turn === after + 1) return;
    try {
      const orders = await turns.placedByOthers(this.#options.panel.provider.account, { after, before: turn });
      if (orders === null) return this.#book.noteMoved();
      for (const order of orders) this.#book.notePlaced(order);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#book.noteMoved();
    }
  }

  #busy(): ProviderError {
    return new ProviderError({
      panel: this.#options.panel.name,
      action: 'add',
      outcome: 'not-sent',
      code: 'RATE_LIMITED',
      message: 'More orders are waiting for the panel than it answers within the deadline; nothing was sent.',
      retryAfterMs: 1000,
    });
  }
}
