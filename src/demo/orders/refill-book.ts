import { Refused } from '../refused.ts';
import { BoundedMap } from '../simulation/bounded-map.ts';
import { createChance } from '../simulation/chance.ts';
import type { Stage } from '../simulation/stage.ts';
import type { Order } from './order.ts';

interface Refill {
  pendingUntil: number;
  endsAt: number;
  ending: 'Completed' | 'Rejected';
}

/** How a refill book is set up; see the options of an order book. */
export interface RefillBookOptions {
  seed: string;
  speed: number;
  firstId: number;
  limit: number;
  /** May decide how long a refill takes. */
  stage: Stage;
}

/** The refills of a panel. Each ends within a minute at speed 1; about one in seven is rejected. */
export class RefillBook {
  readonly #options: RefillBookOptions;
  readonly #refills: BoundedMap<number, Refill>;
  #count = 0;

  constructor(options: RefillBookOptions) {
    this.#options = options;
    this.#refills = new BoundedMap(options.limit);
  }

  /** Starts a refill of a delivered order and gives its id. Throws {@link Refused} where there can be none now. */
  start(order: Order, now: number): number {
    if (!order.service.refill) throw new Refused('This service has no refill');
    if (order.kind !== 'single') throw new Refused('Refill is made for the orders of this order');
    if (order.end === null || order.end.status === 'Canceled') throw new Refused('Order is not completed');
    if (order.refill !== null && this.#isOpen(order.refill, now)) throw new Refused('Refill is already in progress');
    const chance = createChance(this.#options.seed, 'refill', this.#count);
    const planned = this.#options.stage.takeRefillLength();
    const length = planned ?? (60_000 * (0.3 + 0.7 * chance.share())) / this.#options.speed;
    const id = this.#options.firstId + this.#count++;
    this.#refills.set(id, {
      pendingUntil: now + length * 0.3,
      endsAt: now + length,
      ending: planned !== undefined || chance.share() < 0.86 ? 'Completed' : 'Rejected',
    });
    order.refill = id;
    return id;
  }

  /** The panel's word for a refill's status at an instant, or undefined for one that is not known. */
  statusAt(id: number, now: number): string | undefined {
    const refill = this.#refills.get(id);
    if (refill === undefined) return undefined;
    if (now >= refill.endsAt) return refill.ending;
    return now < refill.pendingUntil ? 'Pending' : 'In progress';
  }

  #isOpen(id: number, now: number): boolean {
    const refill = this.#refills.get(id);
    return refill !== undefined && now < refill.endsAt;
  }
}
