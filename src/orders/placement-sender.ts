/**
 * Records a placement and sends it: waits its turn, commits `sentAt` as the last thing before a byte goes out, sends
 * one `add`, and hands what came of it to the settler. docs/money.md marks the crash points.
 */
import { type Clock, systemClock } from '../domain/clock.ts';
import { GatewayError, ProviderError } from '../domain/errors.ts';
import { pause } from '../domain/pause.ts';
import type { AddRequest } from '../providers/dialect.ts';
import type { PanelLookups } from '../providers/panel-lookups.ts';
import type { AddOptions, CallSlot, Provider } from '../providers/provider.ts';
import type {
  InsertResult,
  LedgerStore,
  NewPlacement,
  PlacementRecord,
  Sending,
  Settlement,
} from '../storage/ledger-store.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { type NotSent, notSentByLedger, notSentOnShutdown } from './not-sent.ts';
import type { PlaceAnswer } from './placement-answer.ts';
import { PlacementSettler } from './placement-settler.ts';
import { RunningPlacements } from './running-placements.ts';

export interface PlacementSenderOptions {
  readonly store: LedgerStore;
  readonly lookups: (panel: string) => PanelLookups | undefined;
  readonly telemetry: Telemetry;
  readonly clock?: Clock;
  /** When a new order is asked for first, in ms after its placing. */
  readonly firstCheckMs: number;
  /** The ledger has this order from now on. */
  readonly onPlaced: (panel: string, number: string) => void;
}

/** A panel with an idempotency parameter may be asked again, by this process, for so long. */
const REPEAT_FOR_MS = 60_000;
const REPEAT_AFTER_MS = 1000;

export class PlacementSender {
  readonly #options: PlacementSenderOptions;
  readonly #store: LedgerStore;
  readonly #clock: Clock;
  readonly #settler: PlacementSettler;
  /** Placements from before they are recorded until their outcome is stored. */
  readonly running = new RunningPlacements();
  #isClosing = false;

  constructor(options: PlacementSenderOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#clock = options.clock ?? systemClock;
    this.#settler = new PlacementSettler({ ...options, running: this.running });
  }

  /** Sends no more: what still waits its turn is refused when it comes, what was sent goes on. */
  stop(): void {
    this.#isClosing = true;
  }

  /** Stops, and writes every outcome that the store will take. */
  async close(): Promise<void> {
    this.stop();
    this.#settler.giveUpSoon();
    await this.running.none();
  }

  /** @throws ProviderError `not-sent` where nothing may be sent now */
  assertOpen(panel: string): void {
    const what: NotSent = { panel, action: 'add' };
    if (this.#isClosing) throw notSentOnShutdown(what);
    if (this.#store.owner.isHeld()) return;
    throw notSentByLedger(what, 'The ledger cannot be reached; nothing is sent without it.');
  }

  /**
   * Records a new placement as PENDING and sends it; resolves to the one that has its key already, where there is one,
   * and sends nothing then.
   * @throws StoreUnavailableError where it cannot be recorded, ProviderError `not-sent`: nothing is written or sent
   */
  recordAndSend(
    placement: NewPlacement,
    request: AddRequest,
    provider: Provider,
  ): Promise<PlaceAnswer | PlacementRecord> {
    return this.running.during(placement.id, async () => {
      // Not on PostgreSQL, where a connection can die within a commit: what was never sent would stand there as sent.
      const slot = this.#store.kind === 'sqlite' ? provider.reserveAddNow() : null;
      if (slot) return this.#recordAsSent(placement, request, provider, slot);
      const recorded = await this.#store.placements.insertPending(placement);
      return recorded.result === 'existing' ? recorded.placement : this.send(recorded.placement, request, provider);
    });
  }

  /** What need not wait its turn is recorded and marked as sent in one commit. */
  async #recordAsSent(
    placement: NewPlacement,
    request: AddRequest,
    provider: Provider,
    slot: CallSlot,
  ): Promise<PlaceAnswer | PlacementRecord> {
    const record: { made?: InsertResult } = {};
    const beforeSend = async (): Promise<void> => {
      record.made = await this.#store.placements.insertPending(placement, this.#sending(placement.panel));
      if (record.made.result === 'existing') throw new Error('Its key is taken.');
      this.#store.changes.notify('placements');
    };
    let settlement: Settlement;
    try {
      settlement = this.#placed(await this.#add(provider, request, placement, { slot, beforeSend }));
    } catch (error) {
      if (!record.made) {
        slot.giveBack();
        throw error;
      }
      if (record.made.result === 'existing') return record.made.placement;
      settlement = this.#settlementOf(error, placement, true);
    }
    return this.#settler.settle(record.made!.placement, settlement);
  }

  /** Sends one that has just become PENDING. Call it within `running.during`. */
  async send(placement: PlacementRecord, request: AddRequest, provider: Provider): Promise<PlaceAnswer> {
    this.#store.changes.notify('placements');
    let isSent = false;
    const beforeSend = async (): Promise<void> => {
      await this.#markSent(placement);
      isSent = true;
    };
    let settlement: Settlement;
    try {
      settlement = this.#placed(await this.#add(provider, request, placement, { beforeSend }));
    } catch (error) {
      settlement = this.#settlementOf(error, placement, isSent);
    }
    return this.#settler.settle(placement, settlement);
  }

  #placed(orderNumber: string): Settlement {
    const at = this.#clock.now();
    return { state: 'PLACED', orderNumber, at, nextCheckAt: at + this.#options.firstCheckMs };
  }

  /** Once; again only where the panel is configured with an idempotency parameter, under the same token. */
  async #add(provider: Provider, request: AddRequest, placement: NewPlacement, first: AddOptions): Promise<string> {
    const until = this.#clock.now() + REPEAT_FOR_MS;
    const idempotencyToken = placement.id;
    try {
      return await provider.add(request, { ...first, idempotencyToken });
    } catch (failure) {
      if (!provider.mayRepeatAdd || !isUnknown(failure)) throw failure;
      while (!this.#isClosing && this.#clock.now() + REPEAT_AFTER_MS < until) {
        await pause(REPEAT_AFTER_MS);
        try {
          return await provider.add(request, { idempotencyToken });
        } catch {
          // A refusal of the repeat does not say what became of the first: that stays unknown.
        }
      }
      throw failure;
    }
  }

  async #markSent(placement: PlacementRecord): Promise<void> {
    this.assertOpen(placement.panel);
    if (await this.#store.placements.markSent(placement.id, placement, this.#sending(placement.panel))) return;
    const what: NotSent = { panel: placement.panel, action: 'add' };
    throw notSentByLedger(what, 'The order was taken over before it could be sent.');
  }

  #sending(panel: string): Sending {
    return { at: this.#clock.now(), balanceBefore: this.#options.lookups(panel)?.latestBalance()?.amount ?? null };
  }

  /** What an error means for the money. What nobody foresaw counts as sent where it may have been. */
  #settlementOf(error: unknown, { panel, id }: NewPlacement, isSent: boolean): Settlement {
    const at = this.#clock.now();
    if (error instanceof ProviderError) {
      const { code, message, panelMessage, retryAfterMs, outcome } = error;
      const reason = { code, message, panelMessage, retryAfterMs };
      if (outcome === 'unknown') return { state: 'UNKNOWN', error: reason, at };
      return { state: 'REJECTED', isRetryable: outcome === 'not-sent', error: reason, at };
    }
    if (!(error instanceof GatewayError)) this.#options.telemetry.unexpectedError(`placement ${id} at ${panel}`, error);
    const message = error instanceof GatewayError ? error.message : 'The order failed unexpectedly.';
    const reason = { message, panelMessage: null, retryAfterMs: null };
    return isSent
      ? { state: 'UNKNOWN', error: { ...reason, code: 'PANEL_ERROR' }, at }
      : { state: 'REJECTED', isRetryable: true, error: { ...reason, code: 'STORE_UNAVAILABLE' }, at };
  }
}

function isUnknown(error: unknown): boolean {
  return error instanceof ProviderError && error.outcome === 'unknown';
}
