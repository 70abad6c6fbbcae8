/** The orders that queries asked for lately. An order over more lists than a query needs serves that query, too. */
import type { RankedField } from '../list-index.ts';
import { mergeOrder, type OrderRule, type RankedList } from './merge-lists.ts';
import type { MergedOrder } from './merged-order.ts';

/** An order, and the place among its lists of each list that was asked for. */
export interface OrderOfLists {
  readonly order: MergedOrder;
  readonly places: readonly number[];
}

interface KeptOrder {
  readonly field: RankedField;
  readonly units: readonly string[];
  readonly lists: readonly RankedList['services'][];
  readonly order: Promise<MergedOrder>;
}

/** Enough for each field and a few sets of panels. */
const MAX_KEPT = 12;

export class MergedOrders {
  /** The one used last comes last. */
  #kept: readonly KeptOrder[] = [];

  /** `rule` must compare the lists as their places among `lists` say. */
  async get(lists: readonly RankedList[], rule: OrderRule): Promise<OrderOfLists> {
    const asked = lists.map(({ services }) => services);
    const found = this.#kept.find((kept) => serves(kept, asked, rule));
    const kept = found ?? this.#merge(lists, rule);
    this.#kept = [...this.#kept.filter((each) => each !== kept), kept].slice(-MAX_KEPT);
    const order = await kept.order;
    return { order, places: asked.map((services) => kept.lists.indexOf(services)) };
  }

  #merge(lists: readonly RankedList[], rule: OrderRule): KeptOrder {
    const order = mergeOrder(lists, rule);
    const kept = {
      field: rule.field,
      units: lists.map((_, list) => rule.unitOf(list)),
      lists: lists.map(({ services }) => services),
      order,
    };
    order.catch(() => {
      this.#kept = this.#kept.filter((each) => each !== kept);
    });
    return kept;
  }
}

function serves(kept: KeptOrder, asked: readonly RankedList['services'][], rule: OrderRule): boolean {
  if (kept.field !== rule.field) return false;
  // Which group comes first depends on all lists.
  const isWhole = kept.lists.length === asked.length;
  let from = 0;
  return asked.every((services, list) => {
    // Equals stand in the order of the lists, which both must have.
    const place = kept.lists.indexOf(services, from);
    from = place + 1;
    return place !== -1 && kept.units[place] === rule.unitOf(list) && (isWhole || rule.groupOf(list) === 0);
  });
}
