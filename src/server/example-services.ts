/** Finds services that the examples of GraphiQL can order, so that they work as they stand. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import { formatId } from '../domain/ids.ts';
import { ORDER_FORMS } from '../domain/order-forms.ts';
import { SERVICE_TYPES, type ServiceType } from '../domain/service.ts';
import { EXAMPLE_ORDERS } from './graphiql-examples.ts';

/** The cheapest service of each type that takes the quantity of its example; a type that nobody sells is left out. */
export async function findExampleServices(catalogue: Catalogue): Promise<Partial<Record<ServiceType, string>>> {
  const found = await Promise.all(
    SERVICE_TYPES.map(async (type) => [type, await findService(catalogue, type)] as const),
  );
  return Object.fromEntries(found.filter(([, id]) => id !== undefined));
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
