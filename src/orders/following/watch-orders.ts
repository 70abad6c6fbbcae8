/** The present state of some orders and each change after it, until all are final. */
import type { Caller } from '../../access/caller.ts';
import type { PanelItemRef } from '../../domain/ids.ts';
import { isFinalOrder } from '../../domain/order.ts';
import type { OrderFeed } from './order-feed.ts';
import { OrderStream } from './order-stream.ts';
import { findPresentOrders, type PresentOrdersDependencies } from './present-orders.ts';

export interface WatchOrdersDependencies extends PresentOrdersDependencies {
  readonly feed: OrderFeed;
}

/** Resolves to the stream once it holds the present states. @throws as `findPresentOrders`, and then nothing is watched */
export async function watchOrders(
  caller: Caller,
  refs: readonly PanelItemRef[],
  { feed, ...dependencies }: WatchOrdersDependencies,
): Promise<OrderStream> {
  const stream = new OrderStream();
  const unsubscribe = await feed.subscribe(refs, (record) => stream.push(record));
  try {
    const present = await findPresentOrders(caller, refs, dependencies);
    for (const record of present) stream.push(record);
    const open = present.filter(({ state }) => !isFinalOrder(state.status));
    if (open.length > 0) await feed.watch(open);
    stream.begin(present, unsubscribe);
    return stream;
  } catch (error) {
    unsubscribe();
    throw error;
  }
}
