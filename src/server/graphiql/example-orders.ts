/** Finds placed orders for the examples of GraphiQL that look up, follow, refill and cancel. */
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { formatId } from '../../domain/ids.ts';
import { isFinalOrder } from '../../domain/order.ts';
import type { Service } from '../../domain/service.ts';
import type { LedgerStore, OrderRecord, PlacementRecord } from '../../storage/ledger-store.ts';

/** `Order` ids; a list is empty where no order fits. */
export interface ExampleOrderIds {
  /** The orders that were placed last. */
  readonly latest: readonly string[];
  /** Delivered, of services with refills, and without a refill that is under way. */
  readonly refillable: readonly string[];
  /** Under way, of services with cancellations. */
  readonly cancelable: readonly string[];
}

/** How far back orders are looked for. */
const RECENT_COUNT = 50;
const LATEST_COUNT = 5;

export async function findExampleOrders(store: LedgerStore, catalogue: Catalogue): Promise<ExampleOrderIds> {
  const { placements } = await store.placements.listPlacements({ states: ['PLACED'] }, { limit: RECENT_COUNT });
  const found = await Promise.all(placements.map((placement) => findOrder(store, catalogue, placement)));
  const orders = found.filter((order) => order !== null);
  const idsOf = (chosen: readonly FoundOrder[]) => chosen.map(({ record }) => formatId('Order', record));
  return {
    latest: idsOf(orders.slice(0, LATEST_COUNT)),
    refillable: idsOf(orders.filter(isRefillable).slice(0, 1)),
    cancelable: idsOf(orders.filter(isCancelable).slice(0, 1)),
  };
}

interface FoundOrder {
  readonly record: OrderRecord;
  readonly service: Service | null;
  readonly isBeingRefilled: boolean;
}

async function findOrder(
  store: LedgerStore,
  catalogue: Catalogue,
  { panel, orderNumber, serviceNumber }: PlacementRecord,
): Promise<FoundOrder | null> {
  if (orderNumber === null) return null;
  const [[record], [refills = []], service] = await Promise.all([
    store.orders.findOrders(panel, [orderNumber]),
    store.refills.listByOrders(panel, [orderNumber]),
    // A panel that does not answer costs its example, not the page.
    catalogue.service(panel, serviceNumber).catch(() => null),
  ]);
  return record ? { record, service, isBeingRefilled: refills.some(({ isFinal }) => !isFinal) } : null;
}

function isRefillable({ record: { state }, service, isBeingRefilled }: FoundOrder): boolean {
  return service?.refill === true && state.status === 'COMPLETED' && !isBeingRefilled;
}

/** Drip-feeds and subscriptions are left out: their cancellation depends on how far they have come. */
function isCancelable({ record: { state }, service }: FoundOrder): boolean {
  return service?.cancel === true && service.type !== 'SUBSCRIPTIONS' && !isFinalOrder(state.status);
}
