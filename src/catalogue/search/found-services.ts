/** What a query has found, as numbers of services. Only a page of them is turned into services. */
import { parseNodeId } from '../../domain/ids.ts';
import type { CursorPlace, PagedItems } from '../../domain/paging.ts';
import type { Service } from '../../domain/service.ts';
import type { ListSnapshot } from '../lists/panel-list.ts';
import type { PositionsByNumber } from './list-indexes.ts';
import { countServices } from './list-offsets.ts';

export interface FoundNumbers {
  /** Of the lists: see `offsetsOf`. */
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
    return this.#found.numbers?.length ?? countServices(this.#lists);
  }

  slice(start = 0, end = this.length): Service[] {
    return Array.from({ length: Math.max(0, end - start) }, (_, at) => this.#serviceAt(start + at));
  }

  /** Until this is called, `positionOf` finds a service only where it stood when its cursor was made. */
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
