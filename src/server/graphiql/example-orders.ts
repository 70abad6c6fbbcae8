/** Finds placed orders for the examples of GraphiQL that look up, follow, refill and cancel. */
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { formatId } from '../../domain/ids.ts';
import { isFinalOrder } from '../../domain/order.ts';
import type { Service } from '../../domain/service.ts';
import type { Orders } from '../../orders/orders.ts';
import type { OrderRecord, PlacementRecord } from '../../storage/ledger/ledger-store.ts';

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

export async function findExampleOrders(orders: Orders, catalogue: Catalogue): Promise<ExampleOrderIds> {
  const { nodes } = await orders.history.findPlacements({ states: ['PLACED'] }, { first: RECENT_COUNT });
  const all = await Promise.all(nodes.map((placement) => findOrder(orders, catalogue, placement)));
  const found = all.filter((order) => order !== null);
  const idsOf = (chosen: readonly FoundOrder[]) => chosen.map(({ record }) => formatId('Order', record));
  return {
    latest: idsOf(found.slice(0, LATEST_COUNT)),
    refillable: idsOf(found.filter(isRefillable).slice(0, 1)),
    cancelable: idsOf(found.filter(isCancelable).slice(0, 1)),
  };
}

interface FoundOrder {
  readonly record: OrderRecord;
  readonly service: Service | null;
  readonly isBeingRefilled: boolean;
}

async function findOrder(
  orders: Orders,
  catalogue: Catalogue,
  { panel, orderNumber, serviceNumber }: PlacementRecord,
): Promise<FoundOrder | null> {
  if (orderNumber === null) return null;
  const [[record], [refills = []], service] = await Promise.all([
    orders.history.findOrders(panel, [orderNumber]),
    orders.history.listRefillsOf(panel, [orderNumber]),
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
