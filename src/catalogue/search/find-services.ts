/** Filters, searches and sorts the services of several lists. */
import type { Money } from '../../domain/money.ts';
import type { Service, ServiceType } from '../../domain/service.ts';
import { turns } from '../../domain/time/turn-taking.ts';
import type { ListSnapshot } from '../lists/panel-list.ts';
import { FoundServices } from './found-services.ts';
import { countServices, offsetsOf } from './list-offsets.ts';
import { Candidates, type OrderSources, orderByField, orderByRelevance } from './ordering/candidates.ts';
import { isAtMost, type Pricing } from './rate-scale.ts';
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

/** Whether the answer depends on the panels' currencies. */
export function comparesPrices({ filter, orderBy }: ServiceQuery): boolean {
  return Boolean(filter?.maxRate) || orderBy?.field === 'RATE';
}

const DEFAULT_ORDER: ServiceOrder = { field: 'RELEVANCE', direction: 'ASC' };

/**
 * The services that match, each once. The order is total: equal services stand in the order of `snapshots` and then of
 * the panel's list, whatever the direction. The work is done in turns of the loop.
 */
export async function findServices(
  snapshots: readonly ListSnapshot[],
  query: ServiceQuery,
  sources: OrderSources,
): Promise<FoundServices> {
  const words = searchWords(query.search ?? '');
  const filter = query.filter ?? {};
  const offsets = offsetsOf(snapshots);
  const isOfAll = words.length === 0 && Object.values(filter).every((value) => !isGiven(value));
  const candidates = isOfAll ? null : await findCandidates(snapshots, { words, filter, offsets }, sources);
  const { field, direction } = query.orderBy ?? DEFAULT_ORDER;
  const isDescending = direction === 'DESC';
  if (field !== 'RELEVANCE') {
    const numbers = await orderByField(candidates, { snapshots, offsets, field, isDescending }, sources);
    return new FoundServices(snapshots, { offsets, numbers });
  }
  const isSorted = candidates !== null && words.length > 0;
  const numbers = isSorted ? await orderByRelevance(candidates, { isBestFirst: !isDescending }) : candidates?.numbers;
  return new FoundServices(snapshots, { offsets, numbers: numbers ?? null });
}

interface Criteria {
  readonly words: readonly string[];
  readonly filter: ServiceFilter;
  readonly offsets: readonly number[];
}

async function findCandidates(
  snapshots: readonly ListSnapshot[],
  { words, filter, offsets }: Criteria,
  { indexes, pricing }: OrderSources,
): Promise<Candidates> {
  const candidates = new Candidates(countServices(snapshots));
  for (const [list, snapshot] of snapshots.entries()) {
    const texts = words.length > 0 ? (await indexes.indexOf(snapshot.services)).searchTexts : null;
    await findInList(candidates, { snapshot, offset: offsets[list] ?? 0 }, { words, texts, filter, pricing });
  }
  return candidates;
}

interface ListCriteria {
  readonly words: readonly string[];
  /** Null where there is no search. */
  readonly texts: readonly SearchText[] | null;
  readonly filter: ServiceFilter;
  readonly pricing: Pricing;
}

/** The clock is read after so many services: hostile names and words take some 50 microseconds each. */
const STEPS = 16;

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
