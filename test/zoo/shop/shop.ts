/** One simulated panel at work: its account, its book, the seller behind it, and its chance. */
import type { SentForm } from '../../support/scripted-panel.ts';
import { type Chance, chanceOf } from '../chance.ts';
import { Sales } from './sales.ts';
import type { WireAnswer } from './wire-answer.ts';
import type { ZooService } from './zoo-service.ts';

/** What is particular to one family of panels. */
export interface PanelKind {
  readonly id: string;
  readonly currency: string;
  /** What the account begins with, and what is paid in to it at a time. */
  readonly startMicros: number;
  readonly services: readonly ZooService[];
  /** Whether `quantity` must, may or must not come with forms that do not document it. */
  readonly quantity: 'demanded' | 'ignored' | 'refused';
  readonly subscriptionsBilled: 'at once' | 'a post';
  /** Whether it turns away a second order for a page that it is serving. */
  readonly refusesBusyLinks: boolean;
  answer(form: SentForm, shop: Shop): WireAnswer | Promise<WireAnswer>;
}

/** How often something goes wrong, 0 to 1 each. */
export interface Weather {
  /** Something breaks at an `add`. */
  readonly faults: number;
  /** The panel turns the account away for a moment: its key, its pace. */
  readonly whims: number;
  /** A page of the panel's server in place of any other answer. */
  readonly outages: number;
  /** The account is paid in to, before an order that finds less on it than half of what it began with. */
  readonly deposits: number;
}

export const FAIR_WEATHER: Weather = { faults: 0, whims: 0, outages: 0, deposits: 0 };

export class Shop {
  readonly sales = new Sales();
  /** What the seller behind this one has sold, where it resells. */
  readonly upstream = new Sales();
  readonly kind: PanelKind;
  weather: Weather = FAIR_WEATHER;
  balanceMicros: number;
  readonly #seed: number;
  readonly #draws = new Map<string, number>();
  #nextNumber = 23_501;

  constructor(kind: PanelKind, seed: number) {
    this.kind = kind;
    this.#seed = seed;
    this.balanceMicros = kind.startMicros;
  }

  /** A draw of its own each time that a name comes: a repeat may have better luck. */
  chanceOf(name: string): Chance {
    const times = this.#draws.get(name) ?? 0;
    this.#draws.set(name, times + 1);
    return chanceOf(this.#seed, `${this.kind.id} ${name} ${times}`);
  }

  /** Somebody sees that there is little left. */
  payIn(): void {
    const { startMicros } = this.kind;
    const isLow = this.balanceMicros < startMicros / 2;
    if (isLow && this.chanceOf('deposit').chance(this.weather.deposits)) this.balanceMicros += startMicros;
  }

  nextNumber(): string {
    return String(this.#nextNumber++);
  }

  findService(number: string | undefined): ZooService | undefined {
    return this.kind.services.find((service) => service.number === number);
  }
}
