/** The services that a query has found, and their orders. All loops take turns of the event loop. */
import type { Service } from '../../../domain/service.ts';
import { turns } from '../../../domain/time/turn-taking.ts';
import type { ListSnapshot } from '../../lists/panel-list.ts';
import { compareNames, type RankedField } from '../list-index.ts';
import type { ListIndexes } from '../list-indexes.ts';
import { countServices } from '../list-offsets.ts';
import { type Pricing, RateScale } from '../rate-scale.ts';
import type { OrderRule, ServicePlace } from './merge-lists.ts';
import type { MergedOrders } from './merged-orders.ts';

/** What orders are made from. */
export interface OrderSources {
  readonly pricing: Pricing;
  readonly indexes: ListIndexes;
  readonly orders: MergedOrders;
}

export interface FieldOrder {
  readonly snapshots: readonly ListSnapshot[];
  /** Of the snapshots: see `offsetsOf`. */
  readonly offsets: readonly number[];
  readonly field: RankedField;
  readonly isDescending: boolean;
}

/** The clock is read after so many candidates. */
const STEPS = 16;
const MAX_RELEVANCE = 65_535;

/** Services by their numbers: see `offsetsOf`. */
export class Candidates {
  readonly #numbers: Uint32Array;
  readonly #relevances: Uint16Array;
  #count = 0;

  constructor(max: number) {
    this.#numbers = new Uint32Array(max);
    this.#relevances = new Uint16Array(max);
  }

  add(number: number, relevance: number): void {
    this.#numbers[this.#count] = number;
    this.#relevances[this.#count] = Math.min(relevance, MAX_RELEVANCE);
    this.#count += 1;
  }

  /** In ascending order. */
  get numbers(): Uint32Array {
    return this.#numbers.subarray(0, this.#count);
  }

  /** How well each matches the search. */
  get relevances(): Uint16Array {
    return this.#relevances.subarray(0, this.#count);
  }
}

/** Sorts by counting. Candidates of equal relevance keep the order in which they stand. */
export async function orderByRelevance(
  { numbers, relevances }: Candidates,
  { isBestFirst }: { readonly isBestFirst: boolean },
): Promise<Uint32Array> {
  const counts: number[] = [];
  for (const [at, relevance] of relevances.entries()) {
    if (at % STEPS === 0 && turns.isOver()) await turns.take();
    counts[relevance] = (counts[relevance] ?? 0) + 1;
  }
  const places: number[] = [];
  let next = 0;
  const known = [...counts.keys()];
  for (const relevance of isBestFirst ? known.reverse() : known) {
    places[relevance] = next;
    next += counts[relevance] ?? 0;
  }
  const ordered = new Uint32Array(numbers.length);
  for (const [at, number] of numbers.entries()) {
    if (at % STEPS === 0 && turns.isOver()) await turns.take();
    const relevance = relevances[at] ?? 0;
    const place = places[relevance] ?? 0;
    ordered[place] = number;
    places[relevance] = place + 1;
  }
  return ordered;
}

/** Walks the order of all services and takes the candidates; null stands for all services. */
export async function orderByField(
  candidates: Candidates | null,
  { snapshots, offsets, field, isDescending }: FieldOrder,
  { indexes, orders, pricing }: OrderSources,
): Promise<ArrayLike<number>> {
  const lists = await Promise.all(
    snapshots.map(async ({ services }) => ({ services, index: await indexes.indexOf(services) })),
  );
  const { order, places } = await orders.get(lists, ruleOf(field, snapshots, pricing));
  const isWhole = order.offsets.length === snapshots.length;
  if (!candidates && isWhole) return order.all(isDescending);
  // The number of each candidate plus one, at its place in the order: see `Walk.wanted`.
  const wanted = new Uint32Array(order.ranks.length);
  const numbers = candidates?.numbers;
  const count = numbers?.length ?? countServices(snapshots);
  let list = 0;
  for (let at = 0; at < count; at += 1) {
    if (at % STEPS === 0 && turns.isOver()) await turns.take();
    const number = numbers?.[at] ?? at;
    while (number >= (offsets[list + 1] ?? Number.POSITIVE_INFINITY)) list += 1;
    wanted[(order.offsets[places[list] ?? 0] ?? 0) + number - (offsets[list] ?? 0)] = number + 1;
  }
  return order.walk({ wanted, count, isDescending });
}

function ruleOf(field: RankedField, snapshots: readonly ListSnapshot[], pricing: Pricing): OrderRule {
  const serviceAt = ({ list, position }: ServicePlace): Service => {
    const service = snapshots[list]?.services[position];
    if (!service) throw new RangeError(`List ${list} has no service ${position}.`);
    return service;
  };
  const anyUnit = { field, unitOf: () => '', groupOf: () => 0 };
  switch (field) {
    case 'NAME':
      return { ...anyUnit, compare: (left, right) => compareNames(serviceAt(left).name, serviceAt(right).name) };
    case 'MIN':
      return { ...anyUnit, compare: (left, right) => serviceAt(left).min - serviceAt(right).min };
    case 'MAX':
      return { ...anyUnit, compare: (left, right) => serviceAt(left).max - serviceAt(right).max };
    case 'RATE': {
      const panels = snapshots.map(({ panel }) => panel);
      const scale = new RateScale(panels, pricing);
      return {
        field,
        unitOf: (list) => scale.currencyOf(list),
        groupOf: (list) => scale.groupOf(list),
        compare: (left, right) =>
          scale.compare(
            { list: left.list, rate: serviceAt(left).rate },
            { list: right.list, rate: serviceAt(right).rate },
          ),
      };
    }
    default:
      return field satisfies never;
  }
}
