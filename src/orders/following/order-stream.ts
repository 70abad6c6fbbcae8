/** A stream of the changes of some orders: the latest state of each, in the order of its first unread change. */
import { itemKey, type PanelItemRef } from '../../domain/ids.ts';
import { isFinalOrder, type OrderState } from '../../domain/order.ts';
import type { OrderRecord } from '../../storage/ledger/ledger-store.ts';

export interface WatchedOrder extends PanelItemRef {
  readonly state: OrderState;
}

/** A slow reader skips states and gets the latest. `return` ends the stream at once, even while `next` waits. */
export class OrderStream implements AsyncIterableIterator<WatchedOrder> {
  readonly #unread = new Map<string, OrderRecord>();
  readonly #versions = new Map<string, number>();
  #open: Set<string> | undefined;
  #unsubscribe: () => void = () => {};
  #wake: (() => void) | undefined;
  #isOver = false;

  push(record: OrderRecord): void {
    const key = itemKey(record);
    if (this.#isOver || (this.#versions.get(key) ?? 0) >= record.version) return;
    this.#versions.set(key, record.version);
    this.#unread.set(key, record);
    this.#wake?.();
  }

  /** From this call on, the stream ends once none of `present` is open and all states have been read. */
  begin(present: readonly OrderRecord[], unsubscribe: () => void): void {
    this.#open = new Set(present.map(itemKey));
    this.#unsubscribe = unsubscribe;
  }

  async next(): Promise<IteratorResult<WatchedOrder>> {
    for (;;) {
      if (this.#isOver) return { done: true, value: undefined };
      const [unread] = this.#unread;
      if (unread) return { done: false, value: this.#take(...unread) };
      if (this.#open?.size === 0) return this.return();
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
  }

  async return(): Promise<IteratorResult<WatchedOrder>> {
    this.#isOver = true;
    this.#unread.clear();
    this.#unsubscribe();
    this.#wake?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #take(key: string, record: OrderRecord): WatchedOrder {
    this.#unread.delete(key);
    if (isFinalOrder(record.state.status)) this.#open?.delete(key);
    return { panel: record.panel, number: record.number, state: record.state };
  }
}
