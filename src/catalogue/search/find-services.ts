/** Filters, searches and sorts the services of several lists. */
import type { ExchangeRates, Money } from '../../domain/money.ts';
import type { Service, ServiceType } from '../../domain/service.ts';
import type { ListSnapshot } from '../lists/panel-list.ts';
import { compareNames, getListIndex, type ListIndex } from './list-index.ts';
import { isAtMost, RateScale } from './rate-scale.ts';
import { matchesWords, relevanceOf, searchWords } from './search-text.ts';

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

/**
 * The services that match, each once. The order is total: equal services stand in the order of `snapshots` and then of
 * the panel's list, whatever the direction.
 */
export function findServices(snapshots: readonly ListSnapshot[], query: ServiceQuery, pricing: Pricing): Service[] {
  const words = searchWords(query.search ?? '');
  const filter = query.filter ?? {};
  const lists = snapshots.map(
    (snapshot, list): SearchedList => ({ ...snapshot, list, index: getListIndex(snapshot.services) }),
  );
  const found = lists.map((list) => findInList(list, { words, filter, pricing }));
  const compare = comparatorOf({ query, words, lists, pricing });
  if (!compare) return found.flat().map(({ service }) => service);
  // Comparing within a list is cheap. Once each list is sorted, sorting the whole only merges ordered runs.
  for (const candidates of found) candidates.sort(compare);
  return found
    .flat()
    .sort(compare)
    .map(({ service }) => service);
}

interface SearchedList extends ListSnapshot {
  /** The list's place among the snapshots. */
  readonly list: number;
  readonly index: ListIndex;
}

interface Candidate {
  readonly service: Service;
  readonly list: number;
  readonly position: number;
  readonly relevance: number;
}

type Comparator = (left: Candidate, right: Candidate) => number;

interface ListCriteria {
  readonly words: readonly string[];
  readonly filter: ServiceFilter;
  readonly pricing: Pricing;
}

function findInList({ panel, services, list, index }: SearchedList, { words, filter, pricing }: ListCriteria) {
  const candidates: Candidate[] = [];
  if (filter.panels && !filter.panels.includes(panel)) return candidates;
  const matches = createPredicate(filter, { ...pricing, currency: pricing.currencyOf(panel) });
  const texts = words.length > 0 ? index.searchTexts : null;
  for (const [position, service] of services.entries()) {
    if (!matches(service)) continue;
    const text = texts?.[position];
    if (text && !matchesWords(text, words)) continue;
    candidates.push({ service, list, position, relevance: text ? relevanceOf(text, words) : 0 });
  }
  return candidates;
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

interface Ordering {
  readonly query: ServiceQuery;
  readonly words: readonly string[];
  readonly lists: readonly SearchedList[];
  readonly pricing: Pricing;
}

/** Null where the services keep the order in which they stand. */
function comparatorOf({ query, words, lists, pricing }: Ordering): Comparator | null {
  const field = query.orderBy?.field ?? 'RELEVANCE';
  const sign = query.orderBy?.direction === 'DESC' ? -1 : 1;
  switch (field) {
    case 'RELEVANCE':
      return words.length > 0 ? withTies((left, right) => sign * (right.relevance - left.relevance)) : null;
    case 'NAME':
      return withTies(byName(lists, sign));
    case 'RATE':
      return withTies(byRate(lists, { pricing, sign }));
    case 'MIN':
      return withTies((left, right) => sign * (left.service.min - right.service.min));
    case 'MAX':
      return withTies((left, right) => sign * (left.service.max - right.service.max));
    default:
      return field satisfies never;
  }
}

function withTies(compare: Comparator): Comparator {
  return (left, right) => compare(left, right) || left.list - right.list || left.position - right.position;
}

function byName(lists: readonly SearchedList[], sign: number): Comparator {
  const ranks = lists.map(({ index }) => index.nameRanks);
  return (left, right) =>
    sign *
    (left.list === right.list
      ? compareRanks(ranks[left.list], left, right)
      : compareNames(left.service.name, right.service.name));
}

function byRate(lists: readonly SearchedList[], { pricing, sign }: { pricing: Pricing; sign: number }): Comparator {
  const ranks = lists.map(({ index }) => index.rateRanks);
  const scale = new RateScale(
    lists.map(({ panel }) => panel),
    pricing,
  );
  return (left, right) => {
    if (left.list === right.list) return sign * compareRanks(ranks[left.list], left, right);
    return (
      // Not multiplied by the sign: rates that cannot be converted come last in both directions.
      scale.groupOf(left.list) - scale.groupOf(right.list) ||
      sign * scale.compare({ list: left.list, rate: left.service.rate }, { list: right.list, rate: right.service.rate })
    );
  };
}

function compareRanks(ranks: Uint32Array | undefined, left: Candidate, right: Candidate): number {
  return (ranks?.[left.position] ?? 0) - (ranks?.[right.position] ?? 0);
}
