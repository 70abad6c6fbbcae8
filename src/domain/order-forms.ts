/**
 * The order forms of the protocol: the fields of an `add` for each type of service, under their input names. Frontends
 * draw their forms from this one table; orders are checked and written to the wire by it. Source: the panels' own
 * pages; see docs/panel-protocol.md, "Order types".
 */
import type { ServiceType } from './service.ts';

export type OrderFieldKind = 'TEXT' | 'LINK' | 'INTEGER' | 'LINES' | 'DATE' | 'CHOICE' | 'BOOLEAN';

export interface OrderFieldSpec {
  /** The input name; the dialect has its name on the wire. */
  readonly name: string;
  readonly kind: OrderFieldKind;
  readonly required: boolean;
  /** The least value of an INTEGER. Where `limits` is set, the service's own limits hold instead. */
  readonly min?: number;
  readonly max?: number;
  /** The values of a CHOICE: whole numbers, like all that panels document. */
  readonly choices?: readonly number[];
  /** Whether the service's min and max bound this value, or the number of LINES. */
  readonly limits?: boolean;
  readonly description: string;
}

/** What the charge is counted by. */
export type QuantitySource =
  | { readonly by: 'field'; readonly field: string }
  | { readonly by: 'lines'; readonly field: string }
  | { readonly by: 'package' }
  | { readonly by: 'subscription' }
  | { readonly by: 'parameter' };

export type OrderFormName =
  | 'default'
  | 'package'
  | 'customComments'
  | 'customCommentsPackage'
  | 'subscription'
  | 'commentLikes'
  | 'commentReplies'
  | 'mentions'
  | 'mentionsWithHashtags'
  | 'mentionsCustomList'
  | 'mentionsHashtag'
  | 'mentionsUserFollowers'
  | 'mentionsMediaLikers'
  | 'poll'
  | 'invitesFromGroups'
  | 'seo'
  | 'webTraffic'
  | 'other';

export interface OrderFormSpec {
  readonly name: OrderFormName;
  readonly fields: readonly OrderFieldSpec[];
  readonly quantity: QuantitySource;
}

/** One of the panel's own parameters, for a type that the gateway does not know. */
export interface OrderParameter {
  readonly name: string;
  readonly value: string;
}

export type OrderFieldValue = string | number | boolean | readonly string[];

/** What the caller filled in: one form with its values, or the panel's own parameters. */
export type OrderDetails =
  | { readonly form: Exclude<OrderFormName, 'other'>; readonly values: Readonly<Record<string, OrderFieldValue>> }
  | { readonly form: 'other'; readonly parameters: readonly OrderParameter[] };

/** Delays of a subscription that panels take, in minutes. */
export const SUBSCRIPTION_DELAYS = [
  0, 5, 10, 15, 20, 30, 40, 50, 60, 90, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600,
] as const;

const link: OrderFieldSpec = {
  name: 'link',
  kind: 'LINK',
  required: true,
  description: 'Link to the post, page or profile; some services take a user name.',
};
const quantity: OrderFieldSpec = {
  name: 'quantity',
  kind: 'INTEGER',
  required: true,
  limits: true,
  description: 'How many units to deliver, within the limits of the service.',
};
const runs: OrderFieldSpec = {
  name: 'runs',
  kind: 'INTEGER',
  required: false,
  min: 1,
  description: 'Drip-feed: how many times the quantity is delivered. The total is quantity times runs.',
};
const interval: OrderFieldSpec = {
  name: 'interval',
  kind: 'INTEGER',
  required: false,
  min: 0,
  description: 'Drip-feed: minutes between two runs.',
};
const comments: OrderFieldSpec = {
  name: 'comments',
  kind: 'LINES',
  required: true,
  limits: true,
  description: 'The comments, one a line. Their number is the quantity.',
};
const usernames: OrderFieldSpec = {
  name: 'usernames',
  kind: 'LINES',
  required: true,
  description: 'User names to mention, one a line.',
};

const text = (name: string, description: string, required = true): OrderFieldSpec => ({
  name,
  kind: 'TEXT',
  required,
  description,
});
const lines = (name: string, description: string): OrderFieldSpec => ({
  name,
  kind: 'LINES',
  required: true,
  description,
});
const choice = (name: string, choices: readonly number[], description: string): OrderFieldSpec => ({
  name,
  kind: 'CHOICE',
  required: true,
  choices,
  description,
});

const byQuantity: QuantitySource = { by: 'field', field: 'quantity' };
const byPackage: QuantitySource = { by: 'package' };
const byLines = (field: string): QuantitySource => ({ by: 'lines', field });

const form = (name: OrderFormName, source: QuantitySource, ...fields: OrderFieldSpec[]): OrderFormSpec => ({
  name,
  fields,
  quantity: source,
});

/** The form that fits each type of service. */
export const ORDER_FORMS: Readonly<Record<ServiceType, OrderFormSpec>> = {
  DEFAULT: form('default', byQuantity, link, quantity, runs, interval),
  PACKAGE: form('package', byPackage, link),
  CUSTOM_COMMENTS: form('customComments', byLines('comments'), link, comments),
  CUSTOM_COMMENTS_PACKAGE: form(
    'customCommentsPackage',
    byPackage,
    link,
    lines('comments', 'The comments of the package, one a line.'),
  ),
  SUBSCRIPTIONS: form(
    'subscription',
    { by: 'subscription' },
    text('username', 'The account whose new posts are followed.'),
    { ...quantity, name: 'min', description: 'Least quantity for each post, within the limits of the service.' },
    { ...quantity, name: 'max', description: 'Largest quantity for each post, within the limits of the service.' },
    {
      name: 'posts',
      kind: 'INTEGER',
      required: false,
      min: 0,
      description: 'How many new posts to serve; without it the subscription has no end.',
    },
    {
      name: 'oldPosts',
      kind: 'INTEGER',
      required: false,
      min: 0,
      description: 'How many existing posts to serve, where the service can.',
    },
    choice('delay', SUBSCRIPTION_DELAYS, 'Minutes to wait after a new post.'),
    { name: 'expiry', kind: 'DATE', required: false, description: 'The last day of the subscription.' },
  ),
  COMMENT_LIKES: form('commentLikes', byQuantity, link, quantity, text('username', "The comment's owner.")),
  COMMENT_REPLIES: form('commentReplies', byLines('comments'), link, text('username', "The comment's owner."), {
    ...comments,
    description: 'The replies, one a line. Their number is the quantity.',
  }),
  MENTIONS: form('mentions', byQuantity, link, quantity, usernames),
  MENTIONS_WITH_HASHTAGS: form(
    'mentionsWithHashtags',
    byQuantity,
    link,
    quantity,
    usernames,
    lines('hashtags', 'Hashtags to mention, one a line.'),
  ),
  MENTIONS_CUSTOM_LIST: form('mentionsCustomList', byLines('usernames'), link, {
    ...usernames,
    limits: true,
    description: 'User names to mention, one a line. Their number is the quantity.',
  }),
  MENTIONS_HASHTAG: form(
    'mentionsHashtag',
    byQuantity,
    link,
    quantity,
    text('hashtag', 'The hashtag whose users are mentioned.'),
  ),
  MENTIONS_USER_FOLLOWERS: form(
    'mentionsUserFollowers',
    byQuantity,
    link,
    quantity,
    text('username', 'The account whose followers are mentioned.'),
  ),
  MENTIONS_MEDIA_LIKERS: form(
    'mentionsMediaLikers',
    byQuantity,
    link,
    quantity,
    text('media', 'Link to the post whose likers are mentioned.'),
  ),
  POLL: form(
    'poll',
    byQuantity,
    link,
    quantity,
    text('answerNumber', 'The answer to vote for, as the poll numbers it.'),
  ),
  INVITES_FROM_GROUPS: form(
    'invitesFromGroups',
    byQuantity,
    link,
    quantity,
    lines('groups', 'Groups to invite from, one a line.'),
  ),
  SEO: form('seo', byQuantity, link, quantity, lines('keywords', 'Keywords, one a line.')),
  WEB_TRAFFIC: form(
    'webTraffic',
    byQuantity,
    link,
    quantity,
    runs,
    interval,
    text('country', 'Country of the visitors, as the panel writes it.'),
    choice('device', [1, 2, 3, 4, 5], 'Kind of device, 1 to 5, as the panel numbers them.'),
    choice('typeOfTraffic', [1, 2, 3], 'Where the visitors come from: 1 search, 2 a referring page, 3 direct.'),
    text('googleKeyword', 'Search keyword, for traffic of type 1.', false),
    text('referringUrl', 'Referring page, for traffic of type 2.', false),
  ),
  OTHER: form(
    'other',
    { by: 'parameter' },
    text('name', "The panel's own name of a parameter."),
    text('value', 'Its value, sent as given.'),
  ),
};
