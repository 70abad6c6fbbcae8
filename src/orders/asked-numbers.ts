/** Decides which numbers of orders and refills a panel is asked about: none that it may read as another number. */
import { readingOf } from '../domain/number-reading.ts';
import { type Clock, steadyClock } from '../domain/time/clock.ts';
import type { LedgerStore } from '../storage/ledger/ledger-store.ts';

export interface AskedNumbersOptions {
  readonly store: LedgerStore;
  readonly clock?: Clock;
}

/** How many of a panel's latest orders show whether its order numbers are plain integers. */
const LATEST_ORDERS = 50;
/** How long that result is reused. Panels seldom change their software. */
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
   * Those of `numbers` that the panel must not be asked about, because it may read them as other numbers and the ledger
   * does not hold them exactly as they are written. A number that only begins with digits is refused for orders, if the
   * panel's latest orders all have plain numbers, and never for refills, of which that is not known. The ledger is read
   * only for numbers that can be read in more than one way.
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

  /** Whether the panel's order numbers are plain integers, as far as the ledger shows. */
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
