/** Fastify with Mercurius: compiled queries (`jit: 1`), and its own loaders, which batch within a request. */
import fastify from 'fastify';
import mercurius from 'mercurius';
import { toOrder, toService } from './answers.ts';
import { addOrder, fetchServices, fetchStatuses } from './panel-client.ts';
import { typeDefs } from './type-defs.ts';

const app = fastify({ keepAliveTimeout: 65_000 });

await app.register(mercurius, {
  schema: typeDefs,
  jit: 1,
  resolvers: {
    Query: {
      services: async (_: unknown, { first }: { first: number }) =>
        (await fetchServices()).slice(0, first).map(toService),
    },
    Mutation: {
      addOrder: (_: unknown, order: { serviceId: string; link: string; quantity: number }) =>
        addOrder(order.serviceId, order.link, order.quantity),
    },
  },
  loaders: {
    Query: {
      order: async (queries: { params: { id: string } }[]) => {
        const ids = queries.map(({ params }) => params.id);
        const statuses = await fetchStatuses(ids);
        return statuses.map((status, at) => toOrder(ids[at]!, status));
      },
    },
  },
});

await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`listening ${app.addresses()[0]?.port}`);
process.on('SIGTERM', () => process.exit(0));
