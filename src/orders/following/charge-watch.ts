/**
 * Reports each order for which a panel charges more than it should, once, when the ledger takes over the charge. Reads
 * the placement only where the charge has risen, which happens once or twice in an order's life.
 */
import { compareDecimals, type ExchangeRates, type Money } from '../../domain/money.ts';
import type { OrderState, PanelAmount } from '../../domain/order.ts';
import type { LedgerStore, OrderRecord, PlacementRecord, SavedState } from '../../storage/ledger/ledger-store.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import { findChargeExcess } from './charge-excess.ts';

/** By order number: the charge before it rose, and the placement of the order. */
export type RisenCharges = ReadonlyMap<string, { readonly before: PanelAmount | null; readonly of: PlacementRecord }>;

export class ChargeWatch {
  readonly #store: LedgerStore;
  readonly #telemetry: Telemetry;
  readonly #exchange: ExchangeRates;

  constructor(options: {
    readonly store: LedgerStore;
    readonly telemetry: Telemetry;
    readonly exchange: ExchangeRates;
  }) {
    this.#store = options.store;
    this.#telemetry = options.telemetry;
    this.#exchange = options.exchange;
  }

  /** Collects what `tell` needs. Call it before `states` of one panel are stored; `known` is what the ledger holds now. */
  async before(
    states: readonly SavedState<OrderState>[],
    known: readonly (OrderRecord | null)[],
  ): Promise<RisenCharges> {
    const records = new Map(known.flatMap((record) => (record ? [[record.number, record] as const] : [])));
    const risen = states.flatMap(({ number, state }) => {
      const record = records.get(number);
      return record?.placementId && hasRisen(record.state.charge, state.charge)
        ? [{ ...record, id: record.placementId }]
        : [];
    });
    if (risen.length === 0) return NONE;
    const placements = await this.#store.placements.findMany(risen.map(({ id }) => id));
    return new Map(
      risen.flatMap(({ number, state }, index) => {
        const of = placements[index];
        return of ? [[number, { before: state.charge, of }] as const] : [];
      }),
    );
  }

  /** Reports the charges that are too high now and were not before. Call it once the states are stored. */
  tell(changed: readonly OrderRecord[], charges: RisenCharges): void {
    for (const { panel, number, state } of charges.size === 0 ? [] : changed) {
      const risen = charges.get(number);
      const excess = risen && findChargeExcess(risen.of, state.charge, this.#exchange);
      if (!risen || !excess || findChargeExcess(risen.of, risen.before, this.#exchange)?.of === excess.of) continue;
      this.#telemetry.chargeTooHigh({
        panel,
        orderNumber: number,
        placement: risen.of.id,
        charge: textOf(excess.charge),
        above: excess.of,
        limit: textOf(excess.limit),
      });
    }
  }
}

const NONE: RisenCharges = new Map();

function hasRisen(before: PanelAmount | null, after: PanelAmount | null): boolean {
  if (after === null) return false;
  return before === null || before.currency !== after.currency || compareDecimals(after.amount, before.amount) > 0;
}

function textOf({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}
