/** An index of one list. Each member of it is computed when it is first needed, and kept as long as the list. */
import { compareFastDecimals, fastDecimal } from '../../domain/money.ts';
import type { Service } from '../../domain/service.ts';
import { foldForSearch, type SearchText } from './search-text.ts';

/** Compares names by Unicode's root collation, and numbers in them by value. */
export const compareNames = new Intl.Collator('und', { numeric: true }).compare;

export class ListIndex {
  readonly #services: readonly Service[];
  #byNumber: ReadonlyMap<string, Service> | null = null;
  #searchTexts: readonly SearchText[] | null = null;
  #nameRanks: Uint32Array | null = null;
  #rateRanks: Uint32Array | null = null;

  constructor(services: readonly Service[]) {
    this.#services = services;
  }

  /** Services by the panel's number. The first stands where a number occurs twice. */
  get byNumber(): ReadonlyMap<string, Service> {
    this.#byNumber ??= new Map(this.#services.map((service) => [service.number, service] as const).reverse());
    return this.#byNumber;
  }

  /** In the order of the list. */
  get searchTexts(): readonly SearchText[] {
    this.#searchTexts ??= foldAll(this.#services);
    return this.#searchTexts;
  }

  /** The rank of each service in the order of names, by its position in the list. Equal names have equal ranks. */
  get nameRanks(): Uint32Array {
    this.#nameRanks ??= rank(this.#services, (left, right) => compareNames(left.name, right.name));
    return this.#nameRanks;
  }

  /** The same for rates. Rates of one panel are compared without conversion. */
  get rateRanks(): Uint32Array {
    this.#rateRanks ??= rank(
      this.#services.map(({ rate }) => fastDecimal(rate)),
      compareFastDecimals,
    );
    return this.#rateRanks;
  }
}

const indexes = new WeakMap<readonly Service[], ListIndex>();

/** The index of a list. The same array always has the same index, so it must not change. */
export function getListIndex(services: readonly Service[]): ListIndex {
  let index = indexes.get(services);
  if (!index) {
    index = new ListIndex(services);
    indexes.set(services, index);
  }
  return index;
}

/** Folds each category once: a panel has about a hundred of them for thousands of services. */
function foldAll(services: readonly Service[]): SearchText[] {
  const categories = new Map<string, string>();
  return services.map(({ name, category, number }) => {
    let folded = categories.get(category);
    if (folded === undefined) {
      folded = foldForSearch(category);
      categories.set(category, folded);
    }
    return { name: foldForSearch(name), category: folded, number: foldForSearch(number) };
  });
}

function rank<T>(items: readonly T[], compare: (left: T, right: T) => number): Uint32Array {
  const order = items.map((item, position) => ({ item, position }));
  order.sort((left, right) => compare(left.item, right.item));
  const ranks = new Uint32Array(items.length);
  let current = 0;
  for (const [place, { item, position }] of order.entries()) {
    const previous = order[place - 1];
    if (previous && compare(previous.item, item) !== 0) current += 1;
    ranks[position] = current;
  }
  return ranks;
}
