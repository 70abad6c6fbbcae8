/** Finds services to order and orders to look up for the examples of GraphiQL, so that they work as they stand. */
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { formatId } from '../../domain/ids.ts';
import { ORDER_FORMS } from '../../domain/order-forms.ts';
import { SERVICE_TYPES, type ServiceType } from '../../domain/service.ts';
import type { Facades } from '../../schema/context.ts';
import { findExampleOrders } from './example-orders.ts';
import { EXAMPLE_ORDERS, type KnownIds } from './graphiql-examples.ts';

/** The cheapest service of each type that takes the quantity of its example, and orders for each thing to do with them. */
export async function findExampleIds({ catalogue, orders }: Pick<Facades, 'catalogue' | 'orders'>): Promise<KnownIds> {
  const [services, found] = await Promise.all([
    Promise.all(SERVICE_TYPES.map(async (type) => [type, await findService(catalogue, type)] as const)),
    findExampleOrders(orders, catalogue),
  ]);
  return { serviceIds: Object.fromEntries(services.filter(([, id]) => id !== undefined)), orders: found };
}

async function findService(catalogue: Catalogue, type: ServiceType): Promise<string | undefined> {
  if (type === 'OTHER') return undefined;
  const isPackage = ORDER_FORMS[type].quantity.by === 'package';
  const { page } = await catalogue.find({
    filter: { types: [type], quantity: isPackage ? null : EXAMPLE_ORDERS[type].quantity },
    orderBy: { field: 'RATE', direction: 'ASC' },
    first: 1,
  });
  const [service] = page.nodes;
  return service && formatId('Service', service);
}
