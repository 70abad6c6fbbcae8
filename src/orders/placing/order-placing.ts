/**
 * Buys each order once. The key is looked up before anything else, and a placement under it is the answer. Otherwise the
 * order is checked, recorded and sent.
 */
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../access/caller.ts';
import { CallerError, StoreUnavailableError } from '../../domain/errors.ts';
import { type Clock, systemClock } from '../../domain/time/clock.ts';
import { pause } from '../../domain/time/pause.ts';
import { withinMs } from '../../domain/time/within-ms.ts';
import type { CallAllowance } from '../../providers/pacing/call-allowance.ts';
import type { Provider } from '../../providers/provider.ts';
import type { LedgerStore, NewPlacement, PlacementRecord } from '../../storage/ledger/ledger-store.ts';
import {
  type CheckedOrder,
  type CheckOrderDependencies,
  checkOrder,
  type OrderInput,
} from '../checking/check-order.ts';
import { findSizeIssues } from '../checking/details-size.ts';
import { fingerprintOf } from '../checking/fingerprint.ts';
import { findKeyIssues } from '../checking/key-issues.ts';
import { notSentByLedger } from '../not-sent.ts';
import type { Requester } from '../requester.ts';
import { answerOf, answerOfError, failed, type PlaceAnswer } from './placement-answer.ts';
import type { PlacementSender, PlacementSending } from './placement-sender.ts';

export interface PlaceOrderInput extends OrderInput {
  /** Null where the caller gave none; the gateway then makes one. */
  readonly idempotencyKey: string | null;
  /** The caller's own text, kept with the placement. */
  readonly reference: string | null;
  /** The details as the caller gave them: any JSON value. */
  readonly rawDetails: unknown;
}

export interface OrderPlacingOptions extends CheckOrderDependencies {
  readonly store: LedgerStore;
  readonly sender: PlacementSender;
  readonly clock?: Clock;
  /** How long a repeat of a key waits for the placement under way, in ms. Default 30,000. */
  readonly waitMs?: number;
}

interface OrderToSend {
  readonly input: PlaceOrderInput;
  readonly checked: CheckedOrder;
  readonly calls: CallAllowance;
}

/** How often the placement of another gateway is read while a repeat waits for it. */
const POLL_MS = 150;

export class OrderPlacing {
  readonly #options: OrderPlacingOptions;
  readonly #store: LedgerStore;
  readonly #sender: PlacementSender;
  readonly #clock: Clock;

  constructor(options: OrderPlacingOptions) {
    this.#options = options;
    this.#store = options.store;
    this.#sender = options.sender;
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * Places one order, or returns the earlier answer for its key. A caller that hangs up does not stop the order. It is not
   * sent where `calls` has no call left at its turn.
   * @throws only unforeseen errors, and only before anything is sent
   */
  async place(caller: Caller, input: PlaceOrderInput, calls: CallAllowance): Promise<PlaceAnswer> {
    try {
      return await this.#place({ caller, calls }, input);
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) return answerOfError(error);
      return failed(notSentByLedger({ panel: panelOf(input.serviceId), action: 'add' }, error));
    }
  }

  async #place(buyer: Requester, input: PlaceOrderInput): Promise<PlaceAnswer> {
    const issues = [...findKeyIssues(input), ...findSizeIssues(input.details)];
    if (issues.length > 0) throw new CallerError('INVALID_INPUT', 'The order cannot be recorded.', issues);
    const fingerprint = fingerprintOf(input.serviceId, input.details);
    const known =
      input.idempotencyKey && (await this.#store.placements.findByKey(buyer.caller.name, input.idempotencyKey));
    if (known) {
      assertSameOrder(known, fingerprint);
      if (known.state !== 'REJECTED' || !known.isRetryable) return this.#replay(known);
    }
    const { calls } = buyer;
    const checked = await checkOrder(input, { ...this.#options, calls });
    this.#sender.assertOpen(checked.service.panel);
    const order = { input, checked, calls };
    return known ? this.#retry(known, order) : this.#insert(buyer.caller, fingerprint, order);
  }

  /** Answers by the placement that the key has already, without a look at the catalogue, the price or the form. */
  async #replay(known: PlacementRecord): Promise<PlaceAnswer> {
    return answerOf(await this.#settled(known), true);
  }

  /** Waits for a placement that is under way here or in another gateway. */
  async #settled(placement: PlacementRecord): Promise<PlacementRecord> {
    const until = this.#clock.now() + (this.#options.waitMs ?? 30_000);
    const { running } = this.#sender;
    let latest = placement;
    while (latest.state === 'PENDING' && this.#clock.now() < until) {
      if (running.has(latest.id)) await withinMs(until - this.#clock.now(), running.ended(latest.id));
      else await pause(POLL_MS);
      latest = (await this.#findAgain(latest.id)) ?? latest;
    }
    return latest;
  }

  /** Null also while the store is away. That must not become `not-sent`: the order is recorded and may have been bought. */
  async #findAgain(id: string): Promise<PlacementRecord | null> {
    try {
      return await this.#store.placements.findById(id);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return null;
      throw error;
    }
  }

  async #insert(caller: Caller, fingerprint: string, order: OrderToSend): Promise<PlaceAnswer> {
    const { input, checked } = order;
    const provider = this.#provider(checked);
    const placement: NewPlacement = {
      id: randomUUID(),
      caller: caller.name,
      idempotencyKey: input.idempotencyKey ?? randomUUID(),
      fingerprint,
      reference: input.reference,
      panel: provider.panel,
      panelHost: provider.host,
      panelDialect: provider.dialect,
      serviceNumber: checked.service.number,
      details: input.rawDetails,
      estimatedCharge: checked.estimatedCharge,
      maxCharge: input.maxCharge,
      createdAt: this.#clock.now(),
    };
    const answer = await this.#sender.recordAndSend(placement, sendingOf(placement, order, provider));
    if ('kind' in answer) return answer;
    assertSameOrder(answer, fingerprint);
    return this.#replay(answer);
  }

  /** Tries a placement again that was never sent. If several requests repeat its key, only the first one sends it. */
  async #retry(known: PlacementRecord, order: OrderToSend): Promise<PlaceAnswer> {
    const { input, checked } = order;
    const provider = this.#provider(checked);
    const answer = await this.#sender.running.during(known.id, async () => {
      const reopened = await this.#store.placements.reopen(known.id, known, {
        reference: input.reference,
        panelHost: provider.host,
        panelDialect: provider.dialect,
        estimatedCharge: checked.estimatedCharge,
        maxCharge: input.maxCharge,
      });
      return reopened && this.#sender.send(reopened, sendingOf(reopened, order, provider));
    });
    return answer ?? this.#replay((await this.#store.placements.findById(known.id)) ?? known);
  }

  #provider({ service }: CheckedOrder): Provider {
    const panel = this.#options.panels.find(service.panel);
    if (!panel) throw new Error(`The catalogue has read the panel ${service.panel}, but it is not configured.`);
    return panel.provider;
  }
}

function sendingOf(
  { serviceNumber }: NewPlacement,
  { input, calls }: OrderToSend,
  provider: Provider,
): PlacementSending {
  return { request: { service: serviceNumber, details: input.details }, provider, calls };
}

/** @throws CallerError IDEMPOTENCY_CONFLICT where the key belongs to another order */
function assertSameOrder(known: PlacementRecord, fingerprint: string): void {
  if (known.fingerprint === fingerprint) return;
  const message = 'This key belongs to another order: serviceId or details differ.';
  throw new CallerError('IDEMPOTENCY_CONFLICT', message, [{ path: ['idempotencyKey'], message }]);
}

/** The panel of a failure that comes before the id has been checked. Empty where the id names none. */
function panelOf(serviceId: string): string {
  return serviceId.split(':')[1] ?? '';
}
