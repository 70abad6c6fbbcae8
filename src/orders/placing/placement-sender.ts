/**
 * Records a placement and sends it: waits its turn, commits `sentAt` as the last thing before a byte goes out, sends
 * one `add`, and hands what came of it to the settler. docs/money.md marks the crash points.
 */

import { GatewayError, ProviderError } from '../../domain/errors.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { pause } from '../../domain/time/pause.ts';
import type { AddRequest } from '../../providers/dialect.ts';
import type { AddOptions, CallSlot, Provider } from '../../providers/provider.ts';
import type {
  LedgerStore,
  NewPlacement,
  PlacementRecord,
  Sending,
  Settlement,
} from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { AddTurn } from '../account/add-turns.ts';
import type { PanelAccount } from '../account/panel-account.ts';
import type { PanelAccounts } from '../account/panel-accounts.ts';
import { type NotSent, notSentByLedger, notSentOnShutdown } from '../not-sent.ts';
import type { PlaceAnswer } from './placement-answer.ts';
import { PlacementSettler } from './placement-settler.ts';
import { isChargedAtOnce, isSettledByBalance, settlementByBalance, settlementOf } from './purchase-outcome.ts';
import { RunningPlacements } from './running-placements.ts';

export interface PlacementSenderOptions {
  readonly store: LedgerStore;
  readonly accounts: PanelAccounts;
  readonly telemetry: Telemetry;
  readonly clock?: Clock;
  /** When a new order is asked for first, in ms after its placing. */
  readonly firstCheckMs: number;
  /** The ledger has this order from now on. */
  readonly onPlaced: (panel: string, number: string) => void;
}

/** One order on its way. */
interface Purchase {
  readonly placement: NewPlacement;
  readonly request: AddRequest;
  readonly provider: Provider;
  readonly account: PanelAccount;
  readonly turn: AddTurn;
  /** Leave for the call, where it is held already. */
  readonly slot?: CallSlot;
  /** Commits it as sent. @throws KeyTaken where another placement has its key; whatever it throws, nothing is sent */
  readonly mark: (sending: Sending) => Promise<PlacementRecord>;
}

interface Bought {
  readonly settlement: Settlement;
  /** Null where it was not marked as sent, and nothing was. */
  readonly record: PlacementRecord | null;
  readonly error?: unknown;
}

/** The key of an order stands for another placement. */
class KeyTaken extends Error {
  readonly placement: PlacementRecord;

  constructor(placement: PlacementRecord) {
    super('The key is taken.');
    this.placement = placement;
  }
}

/** A panel with an idempotency parameter may be asked again, by this process, for so long. */
const REPEAT_FOR_MS = 60_000;
const REPEAT_AFTER_MS = 1000;

export class PlacementSender {
  readonly #store: LedgerStore;
  readonly #telemetry: Telemetry;
  readonly #clock: Clock;
  readonly #firstCheckMs: number;
  readonly #settler: PlacementSettler;
  readonly #accounts: PanelAccounts;
  /** Placements from before they are recorded until their outcome is stored. */
  readonly running = new RunningPlacements();
  #isClosing = false;

  constructor(options: PlacementSenderOptions) {
    const { store, clock } = options;
    this.#store = store;
    this.#telemetry = options.telemetry;
    this.#firstCheckMs = options.firstCheckMs;
    this.#clock = clock ?? systemClock;
    this.#settler = new PlacementSettler({ ...options, running: this.running });
    this.#accounts = options.accounts;
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
      const account = this.#accounts.of(provider);
      const turn = this.#store.hasCertainCommits ? account.takeTurnNow() : null;
      const slot = turn && provider.reserveAddNow();
      if (turn && slot) return this.#recordAsSent({ placement, request, provider, account, turn, slot });
      turn?.release();
      const recorded = await this.#store.placements.insertPending(placement);
      return recorded.result === 'existing' ? recorded.placement : this.send(recorded.placement, request, provider);
    });
  }

  /** Sends one that has just become PENDING. Call it within `running.during`. */
  async send(placement: PlacementRecord, request: AddRequest, provider: Provider): Promise<PlaceAnswer> {
    this.#store.changes.notify('placements');
    const account = this.#accounts.of(provider);
    let turn: AddTurn;
    try {
      turn = await account.takeTurn(placement.id);
    } catch (error) {
      return this.#settler.settle(placement, this.#settlementOf(error, placement, false));
    }
    const mark = (sending: Sending) => this.#markSent(placement, sending);
    const { settlement } = await this.#buy({ placement, request, provider, account, turn, mark });
    return this.#settle(placement, settlement, account);
  }

  /**
   * An order that need not wait is recorded and marked as sent in one commit. Not where a failed commit may stand all
   * the same: an order that was never sent would be recorded as sent.
   */
  async #recordAsSent(purchase: Omit<Purchase, 'mark'>): Promise<PlaceAnswer | PlacementRecord> {
    const mark = async (sending: Sending): Promise<PlacementRecord> => {
      const made = await this.#store.placements.insertPending(purchase.placement, sending);
      if (made.result === 'existing') throw new KeyTaken(made.placement);
      this.#store.changes.notify('placements');
      return made.placement;
    };
    const bought = await this.#buy({ ...purchase, mark });
    if (bought.record) return this.#settle(bought.record, bought.settlement, purchase.account);
    purchase.slot?.giveBack();
    if (bought.error instanceof KeyTaken) return bought.error.placement;
    throw bought.error;
  }

  /** One `add`, from its mark to what it means. `record` is null where it was not marked, and nothing was sent. */
  async #buy(purchase: Purchase): Promise<Bought> {
    const { placement, account, turn } = purchase;
    let record: PlacementRecord | null = null;
    const beforeSend = async (): Promise<void> => {
      const { before } = account;
      const balanceEvidence = before && { before, after: null, finding: null, reason: null };
      record = await purchase.mark({ at: this.#clock.now(), balanceEvidence });
    };
    try {
      const orderNumber = await this.#add(purchase, beforeSend);
      const at = this.#clock.now();
      if (!isChargedAtOnce(purchase.request.details)) account.noteMoved();
      account.endPlaced(turn, { number: orderNumber, charge: placement.estimatedCharge });
      return { settlement: { state: 'PLACED', orderNumber, at, nextCheckAt: at + this.#firstCheckMs }, record };
    } catch (error) {
      const settlement = this.#settlementOf(error, placement, record !== null);
      return { settlement: await this.#judged(purchase, error, settlement), record, error };
    }
  }

  async #settle(placement: PlacementRecord, settlement: Settlement, account: PanelAccount): Promise<PlaceAnswer> {
    const answer = await this.#settler.settle(placement, settlement);
    // The number of an older order: what that one has cost must not stand in for what this one took, or did not take.
    if (settlement.state === 'PLACED' && answer.kind === 'failed') account.noteMoved();
    return answer;
  }

  /** The outcome in the light of the balance, where that has a say in it; else it is noted afterwards. */
  async #judged(purchase: Purchase, error: unknown, settlement: Settlement): Promise<Settlement> {
    const { placement, request, account, turn } = purchase;
    const order = { charge: placement.estimatedCharge, isChargedAtOnce: isChargedAtOnce(request.details) };
    const canTell = account.before !== null && order.charge !== null && order.isChargedAtOnce;
    if (canTell && isSettledByBalance(error)) {
      const evidence = await account.judge(turn, order).finally(() => turn.release());
      return settlementByBalance(error, evidence, settlement);
    }
    if (settlement.state !== 'UNKNOWN') turn.release();
    else {
      this.#settler.noteEvidence(placement, () => account.judgeLate(turn, order));
      if (isLost(error)) account.noteUnclear();
    }
    return settlement;
  }

  /** Once; again only where the panel is configured with an idempotency parameter, under the same token. */
  async #add({ provider, request, placement, slot }: Purchase, beforeSend: AddOptions['beforeSend']): Promise<string> {
    const until = this.#clock.now() + REPEAT_FOR_MS;
    const idempotencyToken = placement.id;
    try {
      return await provider.add(request, { slot, beforeSend, idempotencyToken });
    } catch (failure) {
      if (!provider.mayRepeatAdd || !isLost(failure)) throw failure;
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

  async #markSent(placement: PlacementRecord, sending: Sending): Promise<PlacementRecord> {
    this.assertOpen(placement.panel);
    if (await this.#store.placements.markSent(placement.id, placement, sending)) return placement;
    const what: NotSent = { panel: placement.panel, action: 'add' };
    throw notSentByLedger(what, 'The order was taken over before it could be sent.');
  }

  #settlementOf(error: unknown, { panel, id }: NewPlacement, isSent: boolean): Settlement {
    const isForeseen = error instanceof GatewayError || error instanceof KeyTaken;
    if (!isForeseen) this.#telemetry.unexpectedError(`placement ${id} at ${panel}`, error);
    return settlementOf(error, { isSent, at: this.#clock.now() });
  }
}

/** A panel that has said something, though nobody knows what it means, has answered: the balance tells what became of it. */
function isLost(error: unknown): boolean {
  return error instanceof ProviderError && error.outcome === 'unknown' && !error.isUnrecognisedRefusal;
}
