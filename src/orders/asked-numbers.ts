/** Which numbers of orders and refills a panel is asked about: none that it would read as another's. */

import { readingOf } from '../domain/number-reading.ts';
import { type Clock, steadyClock } from '../domain/time/clock.ts';
import type { LedgerStore } from '../storage/ledger/ledger-store.ts';

export interface AskedNumbersOptions {
  readonly store: LedgerStore;
  readonly clock?: Clock;
}

/** So many of a panel's latest orders show whether it counts them. */
const LATEST_ORDERS = 50;
/** How long that is believed; panels change their software seldom. */
const BELIEVED_FOR_MS = 60_000;

export class AskedNumbers {
  readonly #store: LedgerStore;
  readonly #clock: Clock;
  readonly #counting = new Map<string, { readonly isCounting: Promise<boolean>; readonly until: number }>();

  constructor({ store, clock = steadyClock }: AskedNumbersOptions) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Those of `numbers` that the panel must not be asked about: it may read another number, and the ledger has none of
   * exactly this one. What only begins with digits is among them where the panel's latest orders are all plain numbers;
   * of refills, nothing is known of that sort. Without a look at the ledger for numbers that can be read in one way.
   * @throws StoreUnavailableError
   */
  async findRefused(kind: 'order' | 'refill', panel: string, numbers: readonly string[]): Promise<ReadonlySet<string>> {
    const doubtful = numbers.filter((number) => readingOf(number) !== 'itself');
    if (doubtful.length === 0) return NONE;
    const { orders, refills } = this.#store;
    const known = await (kind === 'order' ? orders.findOrders(panel, doubtful) : refills.findRefills(panel, doubtful));
    const unknown = doubtful.filter((_, index) => known[index] === null);
    const isOpen = (number: string): boolean => readingOf(number) === 'perhaps another';
    const isCounting = kind === 'order' && unknown.some(isOpen) && (await this.#isCounting(panel));
    return new Set(unknown.filter((number) => isCounting || !isOpen(number)));
  }

  /** Whether the panel's own order numbers are plain ones, as far as the ledger shows. */
  #isCounting(panel: string): Promise<boolean> {
    const now = this.#clock.now();
    const believed = this.#counting.get(panel);
    if (believed && now < believed.until) return believed.isCounting;
    const isCounting = this.#readCounting(panel);
    this.#counting.set(panel, { isCounting, until: now + BELIEVED_FOR_MS });
    isCounting.catch(() => this.#counting.delete(panel));
    return isCounting;
  }

  async #readCounting(panel: string): Promise<boolean> {
    const filter = { panels: [panel], states: ['PLACED'] } as const;
    const { placements } = await this.#store.placements.listPlacements(filter, { limit: LATEST_ORDERS });
    return placements.length > 0 && placements.every(({ orderNumber }) => /^[0-9]{1,128}$/.test(orderNumber ?? ''));
  }
}

const NONE: ReadonlySet<string> = new Set();
