/**
 * Records a placement and sends it. The order waits for its turn, `sentAt` is committed as the last thing before a byte
 * goes out, one `add` is sent, and the settler stores the outcome. docs/money.md lists the points of a crash.
 */
import { GatewayError, ProviderError } from '../../domain/errors.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { pause } from '../../domain/time/pause.ts';
import type { AddRequest } from '../../providers/dialect.ts';
import { type CallAllowance, NoCallsLeftError } from '../../providers/pacing/call-allowance.ts';
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
  /** How soon a new order is asked for, in ms. */
  readonly firstCheckMs: number;
  /** Called when the ledger has taken up a new order. */
  readonly onPlaced: (panel: string, number: string) => void;
}

/** What is sent for a placement, and to whom. */
export interface PlacementSending {
  readonly request: AddRequest;
  readonly provider: Provider;
  /** The `add` is taken from it, and the calls for evidence are counted in it. */
  readonly calls: CallAllowance;
}

/** An order that is about to be sent, with all that it takes. */
interface Purchase extends PlacementSending {
  readonly placement: NewPlacement;
  readonly account: PanelAccount;
  readonly turn: AddTurn;
  /** The slot of the call, if it has been reserved. */
  readonly slot?: CallSlot;
  /** Commits the placement as sent. If it throws, nothing is sent. @throws KeyTaken where another placement has the key */
  readonly mark: (sending: Sending) => Promise<PlacementRecord>;
}

interface Bought {
  readonly settlement: Settlement;
  /** Null where the placement was not marked as sent, so that nothing was sent. */
  readonly record: PlacementRecord | null;
  readonly error?: unknown;
}

/** Another placement has the key. */
class KeyTaken extends Error {
  readonly placement: PlacementRecord;

  constructor(placement: PlacementRecord) {
    super('The key is taken.');
    this.placement = placement;
  }
}

/** How long an unanswered `add` is repeated at a panel with an idempotency parameter. */
const REPEAT_FOR_MS = 60_000;
const REPEAT_AFTER_MS = 1000;

export class PlacementSender {
  readonly #store: LedgerStore;
  readonly #telemetry: Telemetry;
  readonly #clock: Clock;
  readonly #firstCheckMs: number;
  readonly #settler: PlacementSettler;
  readonly #accounts: PanelAccounts;
  /** Holds each placement from before it is recorded until its outcome is stored. */
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

  /** Sends no more orders. An order that still waits is refused at its turn; an order that was sent goes on. */
  stop(): void {
    this.#isClosing = true;
  }

  /** Stops, waits for the orders that were sent, and stores their outcomes. */
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
   * Records a new placement as PENDING and sends it. If another placement has the key already, resolves to that one and
   * sends nothing.
   * @throws StoreUnavailableError where the placement cannot be recorded; nothing is sent
   * @throws ProviderError `not-sent`; nothing is written or sent
   */
  recordAndSend(placement: NewPlacement, sending: PlacementSending): Promise<PlaceAnswer | PlacementRecord> {
    const { provider, calls } = sending;
    return this.running.during(placement.id, async () => {
      const account = this.#accounts.of(provider);
      const turn = this.#store.hasCertainCommits ? account.takeTurnNow() : null;
      const slot = turn && provider.reserveAddNow();
      if (turn && slot && calls.take()) return this.#recordAsSent({ placement, ...sending, account, turn, slot });
      slot?.giveBack();
      turn?.release();
      const recorded = await this.#store.placements.insertPending(placement);
      return recorded.result === 'existing' ? recorded.placement : this.send(recorded.placement, sending);
    });
  }

  /** Sends a placement that has just become PENDING. Call it within `running.during`. */
  async send(placement: PlacementRecord, sending: PlacementSending): Promise<PlaceAnswer> {
    this.#store.changes.notify('placements');
    const account = this.#accounts.of(sending.provider);
    let turn: AddTurn;
    try {
      turn = await this.#takeTurn(placement, account, sending);
    } catch (error) {
      return this.#settler.settle(placement, this.#settlementOf(error, placement, false));
    }
    const mark = (sent: Sending) => this.#markSent(placement, sent);
    const { settlement } = await this.#buy({ placement, ...sending, account, turn, mark });
    return this.#settle(placement, settlement, account);
  }

  /** Takes the call only at the turn, when the calls for the evidence of earlier orders have been counted. */
  async #takeTurn(
    { id, panel }: PlacementRecord,
    account: PanelAccount,
    { calls }: PlacementSending,
  ): Promise<AddTurn> {
    const turn = await account.takeTurn(id, calls);
    if (calls.take()) return turn;
    turn.release();
    throw new NoCallsLeftError({ panel, action: 'add' });
  }

  /**
   * Records an order that need not wait, and marks it as sent, in one commit. Only for a store whose failed commits
   * certainly leave nothing: otherwise an order that was never sent could stand in the ledger as sent.
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

  /** Marks the placement as sent, sends one `add`, and decides its outcome. */
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
      account.endPlaced(turn, { number: orderNumber, charge: placement.estimatedCharge }, purchase.calls);
      return { settlement: { state: 'PLACED', orderNumber, at, nextCheckAt: at + this.#firstCheckMs }, record };
    } catch (error) {
      const settlement = this.#settlementOf(error, placement, record !== null);
      return { settlement: await this.#judged(purchase, error, settlement), record, error };
    }
  }

  async #settle(placement: PlacementRecord, settlement: Settlement, account: PanelAccount): Promise<PlaceAnswer> {
    const answer = await this.#settler.settle(placement, settlement);
    // The panel gave the number of an older order. What that one has cost says nothing of what this one took.
    if (settlement.state === 'PLACED' && answer.kind === 'failed') account.noteMoved();
    return answer;
  }

  /** The outcome with regard to the balance, where it has a say. For other unknown outcomes it is noted afterwards. */
  async #judged(purchase: Purchase, error: unknown, settlement: Settlement): Promise<Settlement> {
    const { placement, request, account, turn, calls } = purchase;
    const order = { charge: placement.estimatedCharge, isChargedAtOnce: isChargedAtOnce(request.details), calls };
    const canTell = account.before !== null && order.charge !== null && order.isChargedAtOnce;
    if (canTell && isSettledByBalance(error)) {
      const evidence = await account.judge(turn, order).finally(() => turn.release());
      return settlementByBalance(error, evidence, settlement);
    }
    if (settlement.state !== 'UNKNOWN') turn.release();
    else this.#settler.noteEvidence(placement, () => account.judgeLate(turn, order, isUnanswered(error)));
    return settlement;
  }

  /** Sends the `add` once. Only a panel with an idempotency parameter is sent it again, under the same token. */
  async #add(purchase: Purchase, beforeSend: AddOptions['beforeSend']): Promise<string> {
    const { provider, request, placement, slot, calls } = purchase;
    const until = this.#clock.now() + REPEAT_FOR_MS;
    const idempotencyToken = placement.id;
    try {
      return await provider.add(request, { slot, beforeSend, idempotencyToken });
    } catch (failure) {
      if (!provider.mayRepeatAdd || !isLost(failure)) throw failure;
      while (!this.#isClosing && this.#clock.now() + REPEAT_AFTER_MS < until) {
        await pause(REPEAT_AFTER_MS);
        calls.note();
        try {
          return await provider.add(request, { idempotencyToken });
        } catch {
          // A refused repeat does not tell what became of the first attempt, so the outcome stays unknown.
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

function isUnanswered(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'PANEL_TIMEOUT';
}

/** An answer in unknown words is not lost: the balance tells what became of the order. */
function isLost(error: unknown): boolean {
  return error instanceof ProviderError && error.outcome === 'unknown' && !error.isUnrecognisedRefusal;
}
