/** GraphQL Yoga with a DataLoader for each request. */
import { createServer } from 'node:http';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';
import { announce } from './announce.ts';
import { toOrder, toService } from './answers.ts';
import { addOrder, fetchServices, fetchStatuses, type PanelStatus } from './panel-client.ts';
import { typeDefs } from './type-defs.ts';

interface Context {
  readonly statuses: DataLoader<string, PanelStatus>;
}

const yoga = createYoga<object, Context>({
  graphiql: false,
  landingPage: false,
  logging: false,
  maskedErrors: false,
  context: () => ({ statuses: new DataLoader((ids) => fetchStatuses(ids), { maxBatchSize: 100 }) }),
  schema: createSchema<Context>({
    typeDefs,
    resolvers: {
      Query: {
        order: async (_, { id }: { id: string }, { statuses }) => toOrder(id, await statuses.load(id)),
        services: async (_, { first }: { first: number }) => (await fetchServices()).slice(0, first).map(toService),
      },
      Mutation: {
        addOrder: (_, order: { serviceId: string; link: string; quantity: number }) =>
          addOrder(order.serviceId, order.link, order.quantity),
      },
    },
  }),
});

announce(createServer({ keepAliveTimeout: 65_000 }, yoga));
