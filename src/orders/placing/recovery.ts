/**
 * Settles abandoned placements, at start and each second: PENDING ones whose gateway is gone, and this gateway's own that
 * it no longer works on. A placement that was not sent may be tried again; one that was sent becomes UNKNOWN.
 */
import { StoreUnavailableError } from '../../domain/errors.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { type Repetition, type Rounds, timedRounds } from '../../domain/time/rounds.ts';
import type { LedgerStore } from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { RunningPlacements } from './running-placements.ts';

export interface RecoveryOptions {
  readonly store: LedgerStore;
  readonly running: RunningPlacements;
  readonly telemetry: Telemetry;
  readonly clock?: Clock;
  readonly rounds?: Rounds;
}

const PAUSE_MS = 1000;

export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #clock: Clock;
  #repetition: Repetition | undefined;
  #first: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: RecoveryOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** Resolves after the first pass. The passes go on, even if the store is away. */
  async start(): Promise<void> {
    this.#first = this.#look();
    await this.#first;
    if (!this.#isClosed) this.#repetition = (this.#options.rounds ?? timedRounds).repeat(PAUSE_MS, () => this.#look());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([this.#first, this.#repetition?.stop()]);
  }

  async #look(): Promise<void> {
    try {
      await this.#recover();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) this.#options.telemetry.unexpectedError('recovery', error);
    }
  }

  async #recover(): Promise<void> {
    const { store, running, telemetry } = this.#options;
    const at = this.#clock.now();
    const { retryable, unknown } = await store.placements.recoverAbandoned({ running: running.ids, at });
    for (const { panel, state, error } of [...retryable, ...unknown]) {
      telemetry.placementSettled({ panel, state, code: error?.code ?? null });
    }
    if (retryable.length + unknown.length > 0) store.changes.notify('placements');
  }
}
