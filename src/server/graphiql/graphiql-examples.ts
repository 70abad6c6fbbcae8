/** The operations that GraphiQL opens with: browse and compare, place each kind of order, follow what was placed. */
import { ORDER_FORMS } from '../../domain/order-forms.ts';
import type { ServiceType } from '../../domain/service.ts';
import type { ExampleOrderIds } from './example-orders.ts';
import type { GraphiqlExample } from './graphiql-page.ts';

/** The ids that the examples are filled with. Placeholders stand for those that are not known. */
export interface KnownIds {
  /** A `Service` id for each type, of a service that takes the quantity in EXAMPLE_ORDERS. */
  readonly serviceIds?: Readonly<Partial<Record<ServiceType, string>>>;
  /** `Order` ids to look up and follow, to refill, and to cancel. */
  readonly orders?: ExampleOrderIds;
}

interface ExampleOrder {
  /** The quantity that the service must take in one order. */
  readonly quantity: number;
  /** The fields of the form, as they stand in the operation. */
  readonly fields: string;
}

const POST = 'link: "https://www.instagram.com/p/C0ffee12345/"';
const PROFILE = 'link: "https://www.instagram.com/panelgraph"';
const TEN_NAMES = JSON.stringify([
  'ada',
  'alan',
  'barbara',
  'katherine',
  'donald',
  'edsger',
  'fran',
  'grace',
  'ken',
  'leslie',
]);
const TEN_COMMENTS = JSON.stringify([
  'Wow',
  'Superb!',
  'Lovely',
  'Très beau',
  'Wat mooi',
  '好靚',
  'Azul',
  'Great',
  'So good',
  '❤️',
]);

/** One order of each form. A type that the gateway does not know has none: its fields are the panel's own. */
export const EXAMPLE_ORDERS: Readonly<Record<Exclude<ServiceType, 'OTHER'>, ExampleOrder>> = {
  DEFAULT: { quantity: 500, fields: `${PROFILE}, quantity: 500` },
  PACKAGE: { quantity: 1, fields: PROFILE },
  CUSTOM_COMMENTS: { quantity: 10, fields: `${POST}, comments: ${TEN_COMMENTS}` },
  CUSTOM_COMMENTS_PACKAGE: { quantity: 1, fields: `${POST}, comments: ${TEN_COMMENTS}` },
  SUBSCRIPTIONS: { quantity: 100, fields: 'username: "panelgraph", min: 100, max: 110, posts: 3, delay: 15' },
  COMMENT_LIKES: { quantity: 500, fields: `${POST}, quantity: 500, username: "ada"` },
  COMMENT_REPLIES: { quantity: 10, fields: `${POST}, username: "ada", comments: ${TEN_COMMENTS}` },
  MENTIONS: { quantity: 500, fields: `${POST}, quantity: 500, usernames: ["ada", "grace"]` },
  MENTIONS_WITH_HASHTAGS: {
    quantity: 500,
    fields: `${POST}, quantity: 500, usernames: ["ada", "grace"], hashtags: ["art", "travel"]`,
  },
  MENTIONS_CUSTOM_LIST: { quantity: 10, fields: `${POST}, usernames: ${TEN_NAMES}` },
  MENTIONS_HASHTAG: { quantity: 500, fields: `${POST}, quantity: 500, hashtag: "travel"` },
  MENTIONS_USER_FOLLOWERS: { quantity: 500, fields: `${POST}, quantity: 500, username: "ada"` },
  MENTIONS_MEDIA_LIKERS: {
    quantity: 500,
    fields: `${POST}, quantity: 500, media: "https://www.instagram.com/p/C0ffee67890/"`,
  },
  POLL: { quantity: 500, fields: 'link: "https://t.me/panelgraph/7", quantity: 500, answerNumber: "2"' },
  INVITES_FROM_GROUPS: {
    quantity: 500,
    fields: 'link: "https://t.me/panelgraph", quantity: 500, groups: ["https://t.me/painters", "https://t.me/hikers"]',
  },
  SEO: { quantity: 500, fields: 'link: "https://www.example.com/", quantity: 500, keywords: ["panel", "gateway"]' },
  WEB_TRAFFIC: {
    quantity: 500,
    fields:
      'link: "https://www.example.com/", quantity: 500, country: "Belgium", device: 1, typeOfTraffic: 1, googleKeyword: "panel gateway"',
  },
};

/** The example operations, filled with what is known; the first has no variables, as GraphiQL would drop them. */
export function createGraphiqlExamples({
  serviceIds = {},
  orders = NO_ORDERS,
}: KnownIds = {}): readonly GraphiqlExample[] {
  const ids = orders.latest.length > 0 ? orders.latest : PLACEHOLDER_ORDERS;
  const place = (name: string, types: readonly ExampleType[]) => placeOrders(name, types, serviceIds);
  return [
    example('Compare', COMPARE),
    example('FindServices', findServices(), {}),
    example('CheckOrder', CHECK_ORDER, { service: serviceIds.DEFAULT ?? PLACEHOLDER_SERVICE }),
    place('PlaceOrder', FIRST_TYPES),
    place('PlaceOthers', OTHER_TYPES),
    example('LookUpOrders', LOOK_UP_ORDERS, { ids }),
    example('FollowOrders', FOLLOW_ORDERS, { ids }),
    example('ChangeOrders', CHANGE_ORDERS, {
      refill: orders.refillable.length > 0 ? orders.refillable : ids.slice(0, 1),
      cancel: orders.cancelable.length > 0 ? orders.cancelable : ids.slice(1, 2),
    }),
    example('Overview', OVERVIEW),
  ];
}

type ExampleType = keyof typeof EXAMPLE_ORDERS;

const FIRST_TYPES: readonly ExampleType[] = ['DEFAULT', 'PACKAGE'];
const OTHER_TYPES = (Object.keys(EXAMPLE_ORDERS) as ExampleType[]).filter((type) => !FIRST_TYPES.includes(type));

const PLACEHOLDER_SERVICE = 'Service:plus:1';
const NO_ORDERS: ExampleOrderIds = { latest: [], refillable: [], cancelable: [] };
const PLACEHOLDER_ORDERS = ['Order:plus:1', 'Order:cloud:1', 'Order:pica:1'];

const example = (name: string, query: string, variables?: object): GraphiqlExample => ({
  name,
  query: `${query.trim()}\n`,
  ...(variables && Object.keys(variables).length > 0 ? { variables: JSON.stringify(variables, null, 2) } : {}),
});

const COMPARE = `
# Every panel's offers side by side, the cheapest first, with prices in one currency.
query Compare {
  services(search: "instagram followers", orderBy: { field: RATE, direction: ASC }, first: 10) {
    totalCount
    nodes {
      id
      name
      panel { name }
      rate { amount currency in(currency: "USD") { amount } }
      quote(quantity: 5000) { amount currency }
      min
      max
      refill
    }
    catalogues { panel { name } serviceCount stale error }
  }
}
`;

/** One service of each type, by the alias of its form. */
function findServices(): string {
  const fields = Object.entries(EXAMPLE_ORDERS).map(
    ([type, { quantity }]) =>
      `  ${formOf(type as ExampleType)}: services(filter: { types: [${type}], quantity: ${quantity} }, first: 1) { ...Offers }`,
  );
  return `
# A service for each kind of order, with the form that it wants. Put its id into the variables of the next tabs.
query FindServices {
${fields.join('\n')}
}

fragment Offers on ServiceConnection {
  nodes {
    id
    name
    rate { amount currency }
    min
    max
    orderForm
    orderFields { name kind required min max choices }
  }
}`;
}

const CHECK_ORDER = `
# What would it cost, and is anything wrong with it? Nothing is bought.
# $service: the id of a service of type DEFAULT, from FindServices.
query CheckOrder($service: ID!) {
  checkOrder(input: { serviceId: $service, details: { default: { ${EXAMPLE_ORDERS.DEFAULT.fields} } } }) {
    __typename
    ... on CheckedOrder { service { name } quantity estimatedCharge { amount currency } }
    ... on InvalidInput { message code issues { path message } }
  }
}
`;

/** A tab that places one order of each type given. */
function placeOrders(
  name: string,
  types: readonly ExampleType[],
  serviceIds: NonNullable<KnownIds['serviceIds']>,
): GraphiqlExample {
  const variables = types.map((type) => `$${formOf(type)}: ID!`).join(', ');
  const fields = types.map(
    (type) => `  # services(filter: { types: [${type}] })
  ${formOf(type)}: addOrder(
    input: {
      serviceId: $${formOf(type)}
      reference: "an example of ${formOf(type)}"
      details: { ${formOf(type)}: { ${EXAMPLE_ORDERS[type].fields} } }
    }
  ) { ...Placed }`,
  );
  const query = `
# This buys, each time that it runs; with an idempotencyKey a repeat would return the first result and buy nothing.
# The ids of the services are in the variables below: FindServices shows which there are.
mutation ${name}(${variables}) {
${fields.join('\n')}
}

fragment Placed on AddOrderResult {
  __typename
  ... on AddOrderSuccess { orderId order { status charge { amount currency } } }
  ... on InvalidInput { issues { path message } }
  ... on Error { code message }
}`;
  const ids = types.map((type) => [formOf(type), serviceIds[type] ?? PLACEHOLDER_SERVICE]);
  return example(name, query, Object.fromEntries(ids));
}

const formOf = (type: ExampleType): string => ORDER_FORMS[type].name;

const LOOK_UP_ORDERS = `
# Looks up as many as a thousand orders of any panels, in as few calls as each panel allows. An unknown id gives null.
# $ids: the orderId of what you have placed.
query LookUpOrders($ids: [ID!]!) {
  orders(ids: $ids) {
    id
    panel { name }
    status
    statusText
    charge { amount currency }
    startCount
    remains
    checkedAt
  }
}
`;

const FOLLOW_ORDERS = `
# The state of each order now and each change after it, until all are done. Orders of the demo take a minute or two.
# $ids: the orderId of what you have placed.
subscription FollowOrders($ids: [ID!]!) {
  orderUpdated(ids: $ids) {
    id
    status
    remains
    checkedAt
  }
}
`;

const CHANGE_ORDERS = `
# Refilling an order delivers again what has dropped off. Canceling one pays back what has not been delivered.
mutation ChangeOrders($refill: [ID!]!, $cancel: [ID!]!) {
  refillOrders(orderIds: $refill) {
    __typename
    ... on RefillOrderSuccess { orderId refillId refill { status statusText } }
    ... on Error { code message }
  }
  cancelOrders(orderIds: $cancel) {
    __typename
    ... on CancelOrderSuccess { orderId order { status remains } }
    ... on Error { code message }
  }
}
`;

const OVERVIEW = `
# What was bought through this gateway, newest first, what is left at each panel, and how each panel is doing.
# The filter states: [UNKNOWN] finds what a person has to settle.
query Overview {
  placements(first: 20, filter: {}) {
    totalCount
    nodes {
      id
      state
      reference
      idempotencyKey
      estimatedCharge { amount currency }
      order { id status remains }
      error { code message }
      createdAt
    }
    pageInfo { hasNextPage endCursor }
  }
  balances {
    panel { name host }
    amount { amount currency in(currency: "USD") { amount } }
    checkedAt
  }
  panels {
    name
    health { circuit latencyP50Ms errorRate lastError }
  }
}
`;
