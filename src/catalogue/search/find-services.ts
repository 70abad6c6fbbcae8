/** Filters, searches and sorts the services of several lists. */
import type { ExchangeRates, Money } from '../../domain/money.ts';
import type { Service, ServiceType } from '../../domain/service.ts';
import { turns } from '../../domain/time/turn-taking.ts';
import type { ListSnapshot } from '../lists/panel-list.ts';
import { FoundServices } from './found-services.ts';
import { compareNames, type RankedField } from './list-index.ts';
import type { ListIndexes } from './list-indexes.ts';
import { type OrderRule, offsetsOf, type ServicePlace } from './merged-order.ts';
import type { MergedOrders } from './merged-orders.ts';
import { isAtMost, RateScale } from './rate-scale.ts';
import { matchesWords, relevanceOf, type SearchText, searchWords } from './search-text.ts';

/** A service must meet every member that is given. Null counts as absent; an empty list matches nothing. */
export interface ServiceFilter {
  /** Panel ids as in the configuration. */
  readonly panels?: readonly string[] | null;
  /** Any of these categories, exactly as the panel writes them. */
  readonly categories?: readonly string[] | null;
  readonly types?: readonly ServiceType[] | null;
  /** As the panel says. A service of which it says nothing matches neither true nor false. */
  readonly refill?: boolean | null;
  readonly cancel?: boolean | null;
  /** Deliverable in one order: min <= quantity <= max. */
  readonly quantity?: number | null;
  /** The highest price per 1000. A rate that cannot be converted does not match. */
  readonly maxRate?: Money | null;
}

export const SERVICE_ORDER_FIELDS = ['RATE', 'NAME', 'MIN', 'MAX', 'RELEVANCE'] as const;
export type ServiceOrderField = (typeof SERVICE_ORDER_FIELDS)[number];

export interface ServiceOrder {
  readonly field: ServiceOrderField;
  /** RELEVANCE ascending begins with the best match. */
  readonly direction: 'ASC' | 'DESC';
}

export interface ServiceQuery {
  readonly search?: string | null;
  readonly filter?: ServiceFilter | null;
  /** Default: by relevance where there is a search, otherwise in the order of the panels and of their lists. */
  readonly orderBy?: ServiceOrder | null;
}

/** The rates and currencies by which prices are compared. */
export interface Pricing {
  readonly exchange: ExchangeRates;
  /** The currency of a panel's rates; XXX where nobody knows. */
  readonly currencyOf: (panel: string) => string;
}

/** Whether the answer depends on the panels' currencies. */
export function comparesPrices({ filter, orderBy }: ServiceQuery): boolean {
  return Boolean(filter?.maxRate) || orderBy?.field === 'RATE';
}

export interface FindOptions {
  readonly pricing: Pricing;
  readonly indexes: ListIndexes;
  readonly orders: MergedOrders;
}

/**
 * The services that match, each once. The order is total: equal services stand in the order of `snapshots` and then of
 * the panel's list, whatever the direction. The work is done in turns of the loop.
 */
export async function findServices(
  snapshots: readonly ListSnapshot[],
  query: ServiceQuery,
  options: FindOptions,
): Promise<FoundServices> {
  const words = searchWords(query.search ?? '');
  const filter = query.filter ?? {};
  const offsets = offsetsOf(snapshots);
  const sorting = { snapshots, offsets, query, isSearch: words.length > 0, ...options };
  const isOfAll = words.length === 0 && Object.values(filter).every((value) => !isGiven(value));
  const candidates = isOfAll ? null : new Candidates(sizeOf(snapshots));
  for (const [list, snapshot] of candidates ? snapshots.entries() : []) {
    const texts = words.length > 0 ? (await options.indexes.indexOf(snapshot.services)).searchTexts : null;
    const criteria = { words, texts, filter, pricing: options.pricing };
    if (candidates) await findInList(candidates, { snapshot, offset: offsets[list] ?? 0 }, criteria);
  }
  return new FoundServices(snapshots, { offsets, numbers: await sorted(candidates, sorting) });
}

/** Services by their numbers: the offset of the list and the position in it. */
class Candidates {
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

interface ListCriteria {
  readonly words: readonly string[];
  /** Null where there is no search. */
  readonly texts: readonly SearchText[] | null;
  readonly filter: ServiceFilter;
  readonly pricing: Pricing;
}

/** After so many services the clock is read: hostile names and words take some 50 microseconds each. */
const STEPS = 16;
const MAX_RELEVANCE = 65_535;

async function findInList(
  candidates: Candidates,
  { snapshot: { panel, services }, offset }: { readonly snapshot: ListSnapshot; readonly offset: number },
  { words, texts, filter, pricing }: ListCriteria,
): Promise<void> {
  if (filter.panels && !filter.panels.includes(panel)) return;
  const matches = createPredicate(filter, { ...pricing, currency: pricing.currencyOf(panel) });
  for (const [position, service] of services.entries()) {
    if (position % STEPS === 0 && turns.isOver()) await turns.take();
    if (!matches(service)) continue;
    const text = texts?.[position];
    if (text && !matchesWords(text, words)) continue;
    candidates.add(offset + position, text ? relevanceOf(text, words) : 0);
  }
}

type Predicate = (service: Service) => boolean;

/** One test of all members that are given. Members that are not given cost nothing. */
function createPredicate(filter: ServiceFilter, { exchange, currency }: Pricing & { currency: string }): Predicate {
  const { refill, cancel, quantity, maxRate } = filter;
  const tests: Predicate[] = [];
  if (filter.categories) {
    const categories = new Set(filter.categories);
    tests.push(({ category }) => categories.has(category));
  }
  if (filter.types) {
    const types = new Set(filter.types);
    tests.push(({ type }) => types.has(type));
  }
  if (isGiven(refill)) tests.push((service) => service.refill === refill);
  if (isGiven(cancel)) tests.push((service) => service.cancel === cancel);
  if (isGiven(quantity)) tests.push(({ min, max }) => min <= quantity && quantity <= max);
  if (maxRate) tests.push(isAtMost(maxRate, { currency, exchange }));
  return (service) => tests.every((test) => test(service));
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

interface Sorting extends FindOptions {
  readonly snapshots: readonly ListSnapshot[];
  readonly offsets: readonly number[];
  readonly query: ServiceQuery;
  readonly isSearch: boolean;
}

/** The numbers of the candidates in the order of the query; null stands for all services. */
async function sorted(candidates: Candidates | null, sorting: Sorting): Promise<ArrayLike<number> | null> {
  const { field, direction } = sorting.query.orderBy ?? { field: 'RELEVANCE', direction: 'ASC' };
  if (field !== 'RELEVANCE') return byOrder(candidates, { ...sorting, field, isDescending: direction === 'DESC' });
  if (!candidates || !sorting.isSearch) return candidates?.numbers ?? null;
  return byRelevance(candidates, { isBestFirst: direction === 'ASC' });
}

/** By counting. Candidates of equal relevance keep the order in which they stand. */
async function byRelevance(
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

/** Walks the order of all services, and takes those that are candidates. */
async function byOrder(
  candidates: Candidates | null,
  { snapshots, offsets, indexes, orders, pricing, field, isDescending }: Sorting & WalkOptions,
): Promise<ArrayLike<number>> {
  const lists = await Promise.all(
    snapshots.map(async ({ services }) => ({ services, index: await indexes.indexOf(services) })),
  );
  const { order, places } = await orders.get(lists, ruleOf(field, snapshots, pricing));
  const isWhole = order.offsets.length === snapshots.length;
  if (!candidates && isWhole) return order.all(isDescending);
  /** For each service of the order its own number and one more, or 0 where it is no candidate. */
  const wanted = new Uint32Array(order.ranks.length);
  const numbers = candidates?.numbers;
  const count = numbers?.length ?? sizeOf(snapshots);
  let list = 0;
  for (let at = 0; at < count; at += 1) {
    if (at % STEPS === 0 && turns.isOver()) await turns.take();
    const number = numbers?.[at] ?? at;
    while (number >= (offsets[list + 1] ?? Number.POSITIVE_INFINITY)) list += 1;
    wanted[(order.offsets[places[list] ?? 0] ?? 0) + number - (offsets[list] ?? 0)] = number + 1;
  }
  return order.walk({ wanted, count, isDescending });
}

function sizeOf(snapshots: readonly ListSnapshot[]): number {
  return snapshots.reduce((sum, { services }) => sum + services.length, 0);
}

interface WalkOptions {
  readonly field: RankedField;
  readonly isDescending: boolean;
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
