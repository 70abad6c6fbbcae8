/** The part of the schema that is measured, as a person would write it for one panel. */
export const typeDefs = /* GraphQL */ `
  type Query {
    order(id: ID!): Order
    services(first: Int!): [Service!]!
  }
  type Mutation {
    addOrder(serviceId: ID!, link: String!, quantity: Int!): ID!
  }
  type Order {
    id: ID!
    status: String!
    charge: Money
    remains: Int
  }
  type Service {
    id: ID!
    number: String!
    name: String!
    category: String!
    rate: Money!
    min: Int!
    max: Int!
    type: String!
  }
  type Money {
    amount: String!
    currency: String!
  }
`;
