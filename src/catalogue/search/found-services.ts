/** What a query has found, by numbers: a page of it is all that becomes services. */
import { parseNodeId } from '../../domain/ids.ts';
import type { CursorPlace, PagedItems } from '../../domain/paging.ts';
import type { Service } from '../../domain/service.ts';
import type { ListSnapshot } from '../lists/panel-list.ts';
import type { PositionsByNumber } from './list-indexes.ts';

export interface FoundNumbers {
  /** Where the services of each list begin: a service's number is this and its position. */
  readonly offsets: readonly number[];
  /** In the order of the answer; null for all services as they are listed. */
  readonly numbers: ArrayLike<number> | null;
}

export class FoundServices implements PagedItems<Service> {
  readonly #lists: readonly ListSnapshot[];
  readonly #found: FoundNumbers;
  /** By panel. */
  #positions: ReadonlyMap<string, PositionsByNumber> = new Map();

  constructor(lists: readonly ListSnapshot[], found: FoundNumbers) {
    this.#lists = lists;
    this.#found = found;
  }

  get length(): number {
    return this.#found.numbers?.length ?? this.#lists.reduce((sum, { services }) => sum + services.length, 0);
  }

  slice(start = 0, end = this.length): Service[] {
    return Array.from({ length: Math.max(0, end - start) }, (_, at) => this.#serviceAt(start + at));
  }

  /** Until then a service is found only where it stood when its cursor was made. */
  knowPositions(positions: ReadonlyMap<string, PositionsByNumber>): void {
    this.#positions = positions;
  }

  positionOf({ id, position }: CursorPlace): number {
    const ref = parseNodeId(id);
    if (ref?.type !== 'Service') return -1;
    const service = position < this.length ? this.#serviceAt(position) : null;
    if (service?.panel === ref.panel && service.number === ref.number) return position;
    const inList = this.#positions.get(ref.panel)?.get(ref.number);
    if (inList === undefined) return -1;
    const { numbers, offsets } = this.#found;
    const number = (offsets[this.#lists.findIndex(({ panel }) => panel === ref.panel)] ?? 0) + inList;
    return numbers ? Array.prototype.indexOf.call(numbers, number) : number;
  }

  #serviceAt(position: number): Service {
    return this.#serviceOf(this.#found.numbers ? (this.#found.numbers[position] ?? 0) : position);
  }

  #serviceOf(number: number): Service {
    const { offsets } = this.#found;
    const list = offsets.findLastIndex((offset) => offset <= number);
    const service = this.#lists[list]?.services[number - (offsets[list] ?? 0)];
    if (!service) throw new RangeError(`No list has the service ${number}.`);
    return service;
  }
}
