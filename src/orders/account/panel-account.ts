/**
 * One account at a panel, as what is bought there sees it: turns for its adds, here and among the gateways of the
 * ledger, and its balance as the evidence for what became of them.
 */
import {
  type BalanceBefore,
  type BalanceEvidence,
  type BalanceReading,
  judgeBalance,
} from '../../domain/balance-evidence.ts';
import { ProviderError } from '../../domain/errors.ts';
import type { Decimal, Money } from '../../domain/money.ts';
import type { Clock } from '../../domain/time/clock.ts';
import { pause } from '../../domain/time/pause.ts';
import { withinMs } from '../../domain/time/within-ms.ts';
import type { Panel } from '../../panels/panel.ts';
import type { CallAllowance } from '../../providers/pacing/call-allowance.ts';
import type { AddTurnStore } from '../../storage/ledger/ledger-store.ts';
import { type AddTurn, AddTurns } from './add-turns.ts';
import { BalanceBook, type PlacedOrder } from './balance-book.ts';
import { chargesOf } from './placed-charges.ts';
import { SharedTurns } from './shared-turns.ts';

export interface PanelAccountOptions {
  /** Any of the panels of this account. */
  readonly panel: Panel;
  /** The ids of all of them. */
  readonly names: readonly string[];
  /** Null where no other gateway can share the ledger. */
  readonly turns: AddTurnStore | null;
  /** Does not go back. */
  readonly clock: Clock;
}

/** An order that the balance is to give evidence of. */
export interface JudgedOrder {
  /** What the order would take from the balance; null where that cannot be known. */
  readonly charge: Money | null;
  /** False where panels take the charge bit by bit, or later. */
  readonly isChargedAtOnce: boolean;
  /** Counts the calls for the evidence, which are made even where none is left. */
  readonly calls: CallAllowance;
}

interface Reading {
  readonly deadlineMs: number;
  readonly attempts?: number;
}

/** An order goes without evidence rather than wait longer for the balance before it. */
const BEFORE: Reading = { deadlineMs: 2_000, attempts: 1 };
/** After an order that is unclear: a caller waits for it. */
const AFTER: Reading = { deadlineMs: 5_000 };

export class PanelAccount {
  readonly #options: PanelAccountOptions;
  readonly #turns: AddTurns;
  readonly #book: BalanceBook;
  /** Null where no other gateway can share the ledger. */
  readonly #shared: SharedTurns | null;
  #reading: Promise<BalanceReading | null> | undefined;

  constructor(options: PanelAccountOptions) {
    this.#options = options;
    this.#turns = new AddTurns(options.panel.provider.addConcurrency);
    this.#book = new BalanceBook(options.clock);
    this.#shared = options.turns && new SharedTurns({ ...options, store: options.turns, book: this.#book });
  }

  /** A turn for an order that need not wait for anything; null where it would. */
  takeTurnNow(): AddTurn | null {
    return this.#shared !== null || this.#book.isDue ? null : this.#turns.takeNow();
  }

  /**
   * A turn for a PENDING placement, with the balance asked, and counted in `calls`, where the last reading is too old.
   * @throws ProviderError `not-sent` where others are before it for longer than the deadline, StoreUnavailableError
   */
  async takeTurn(placement: string, calls: CallAllowance): Promise<AddTurn> {
    const { deadlineMs } = this.#options.panel.provider;
    const deadlineAt = this.#options.clock.now() + deadlineMs;
    const turn = await this.#turns.take(deadlineMs);
    if (!turn) throw this.#busy();
    try {
      if (this.#shared && !(await this.#shared.take(placement, deadlineAt))) throw this.#busy();
      if (this.#book.isDue && turn.isOnly) await turn.whileAlone(() => this.#read(BEFORE, calls));
      return turn;
    } catch (error) {
      turn.release();
      throw error;
    }
  }

  /** What is known of the balance before an order that is about to be sent. */
  get before(): BalanceBefore | null {
    // Adds of other gateways may be under way at the same time: nothing can be told of one alone.
    const isMixed = this.#shared !== null && this.#options.panel.provider.addConcurrency > 1;
    return isMixed ? null : this.#book.before;
  }

  /**
   * Ends the turn of an order that was placed. Where it is not known how soon the balance shows an order, the balance may
   * be read first; only the next order waits for that.
   */
  endPlaced(turn: AddTurn, order: PlacedOrder, calls: CallAllowance): void {
    this.#book.notePlaced(order);
    if (this.#book.mayLearn && turn.isOnly) {
      const reading = turn.whileAlone(() => this.#read(BEFORE, calls)).catch(() => this.#book.noteMoved());
      void reading.finally(() => this.#endLate(turn));
    } else turn.release();
  }

  /** Something other than an order may move the balance. */
  noteMoved(): void {
    this.#book.noteMoved();
  }

  /**
   * As `judge`, for an order whose outcome is stored already; the turn ends with it. If the panel did not answer the
   * order and may have charged it, it may also pay that back, and so hide what an order after it has cost.
   */
  async judgeLate(turn: AddTurn, order: JudgedOrder, isUnanswered: boolean): Promise<BalanceEvidence> {
    try {
      const evidence = await this.judge(turn, order);
      if (isUnanswered && evidence.finding !== 'UNCHANGED') this.#book.noteUnclear();
      return evidence;
    } finally {
      this.#endLate(turn);
    }
  }

  /** Reads the balance after an order, once every other has ended, and returns what it tells. Never throws. */
  judge(turn: AddTurn, { calls, ...order }: JudgedOrder): Promise<BalanceEvidence> {
    return turn.whileAlone(async () => {
      const { before } = this;
      const { placed, doubt, showsInMs } = this.#book;
      await pause(showsInMs);
      const [after, chargedBetween] = await Promise.all([this.#read(AFTER, calls), this.#askCharges(placed, calls)]);
      return judgeBalance({
        before: before && { ...before, chargedBetween },
        after,
        ...order,
        ...this.#book.precision,
        doubt: doubt ?? (before && this.#shared && (await this.#shared.doubtOfCancels(before.reading.at))),
      });
    });
  }

  /** In a shared ledger the turn has ended with the outcome, and other gateways may have placed orders since. */
  #endLate(turn: AddTurn): void {
    if (this.#shared) this.#book.noteMoved();
    turn.release();
  }

  /** What orders have cost by now, as the panel reports it: one that it has paid back must not hide another. */
  async #askCharges(placed: readonly PlacedOrder[], calls: CallAllowance): Promise<Decimal | null> {
    if (placed.length === 0) return '0';
    const { panel, clock } = this.#options;
    const deadlineAt = clock.now() + AFTER.deadlineMs;
    const numbers = placed.map(({ number }) => number);
    calls.note();
    const states = await panel.provider.fetchOrders(numbers, {
      priority: 'spending',
      deadlineAt,
      spare: {
        take: (asked) => {
          calls.note();
          return asked;
        },
        priorityOf: () => 'spending',
      },
    });
    return chargesOf(placed, states);
  }

  /** One call for all who are alone together. Null where the panel does not tell. */
  #read(options: Reading, calls: CallAllowance): Promise<BalanceReading | null> {
    this.#reading ??= this.#ask(options, calls).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #ask(options: Reading, calls: CallAllowance): Promise<BalanceReading | null> {
    const { panel } = this.#options;
    calls.note();
    const mayRepeat = (): boolean => {
      calls.note();
      return true;
    };
    try {
      const balance = await withinMs(options.deadlineMs, panel.freshBalance({ ...options, mayRepeat }));
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

  #busy(): ProviderError {
    return new ProviderError({
      panel: this.#options.panel.name,
      action: 'add',
      outcome: 'not-sent',
      code: 'RATE_LIMITED',
      message: 'More orders wait for the panel than it answers within the deadline; nothing was sent.',
      retryAfterMs: 1000,
    });
  }
}
