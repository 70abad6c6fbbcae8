/** The indexes of the lists that are held: each is made once, when its list arrives or is first asked for. */
import { ProviderError } from '../../domain/errors.ts';
import type { Service } from '../../domain/service.ts';
import { turns } from '../../domain/time/turn-taking.ts';
import {
  appendColumns,
  emptyColumns,
  type IndexData,
  type ListColumns,
  makeIndex,
  type RankedField,
} from './list-index.ts';
import type { SearchText } from './search-text.ts';

/** Makes indexes, off the serving thread if need be. */
export interface Indexer {
  /** Takes the columns of a list part by part. */
  index(parts: AsyncIterable<ListColumns>): Promise<IndexData>;
}

/** An index, ready to be searched. */
export interface ListIndex {
  /** By the position in the list. */
  readonly searchTexts: readonly SearchText[];
  readonly ranks: Readonly<Record<RankedField, Uint32Array>>;
}

/** The positions of the services by the panel's number. The first stands where a number occurs twice. */
export type PositionsByNumber = ReadonlyMap<string, number>;

type Services = readonly Service[];

/** The index of a list up to this length is made on the spot, which takes less time than handing the list over. */
const SHORT_LIST = 300;
/** So many services are handled in one go, between two turns of the loop. */
const PART = 500;

export class ListIndexes {
  readonly #indexer: Indexer;
  readonly #indexes = new WeakMap<Services, Promise<ListIndex>>();
  readonly #positions = new WeakMap<Services, Promise<PositionsByNumber>>();

  constructor(indexer: Indexer = indexingOnTheSpot) {
    this.#indexer = indexer;
  }

  /** Begins to make all that queries need of a list. */
  prepare(services: Services): void {
    // A failure reaches whoever asks for them.
    this.indexOf(services).catch(() => {});
    this.positionsOf(services).catch(() => {});
  }

  /**
   * The index of a list. It is found by the array, which must not change.
   * @throws ProviderError where no index can be made of the list
   */
  indexOf(services: Services): Promise<ListIndex> {
    return kept(this.#indexes, services, () => this.#make(services));
  }

  positionsOf(services: Services): Promise<PositionsByNumber> {
    return kept(this.#positions, services, () => mapPositions(services));
  }

  async #make(services: Services): Promise<ListIndex> {
    const indexer = services.length <= SHORT_LIST ? indexingOnTheSpot : this.#indexer;
    try {
      const data = await indexer.index(columnsOf(services));
      return { searchTexts: await joinTexts(data), ranks: data.ranks };
    } catch (cause) {
      throw cannotBeSearched(services[0]?.panel ?? '', cause);
    }
  }
}

function cannotBeSearched(panel: string, cause: unknown): ProviderError {
  const message = `The list of services of panel ${panel} cannot be searched or sorted. Leave the panel out of the filter.`;
  return new ProviderError({ panel, action: 'services', outcome: 'unknown', code: 'UNREADABLE_REPLY', message, cause });
}

/** For short lists, and for processes that serve nobody. */
const indexingOnTheSpot: Indexer = {
  async index(parts) {
    const all = emptyColumns();
    for await (const part of parts) appendColumns(all, part);
    return makeIndex(all);
  },
};

/** A failure is not kept: whoever asks next tries again. */
function kept<T>(cache: WeakMap<Services, Promise<T>>, services: Services, make: () => Promise<T>): Promise<T> {
  let value = cache.get(services);
  if (!value) {
    value = make();
    cache.set(services, value);
    value.catch(() => cache.delete(services));
  }
  return value;
}

async function* columnsOf(services: Services): AsyncGenerator<ListColumns> {
  for (let start = 0; start < services.length; start += PART) {
    await turns.take();
    const columns = emptyColumns();
    for (const { name, category, number, rate, min, max } of services.slice(start, start + PART)) {
      columns.names.push(name);
      columns.categories.push(category);
      columns.numbers.push(number);
      columns.rates.push(rate);
      columns.mins.push(min);
      columns.maxes.push(max);
    }
    yield columns;
  }
}

async function joinTexts({ names, numbers, categories, categoryOf }: IndexData): Promise<SearchText[]> {
  const texts: SearchText[] = [];
  for (const [position, name] of names.entries()) {
    if (position % PART === 0) await turns.take();
    const category = categories[categoryOf[position] ?? 0] ?? '';
    texts.push({ name, category, number: numbers[position] ?? '' });
  }
  return texts;
}

async function mapPositions(services: Services): Promise<PositionsByNumber> {
  const positions = new Map<string, number>();
  for (const [position, { number }] of services.entries()) {
    if (position % PART === 0) await turns.take();
    if (!positions.has(number)) positions.set(number, position);
  }
  return positions;
}
