/** The order types of the protocol as a panel's own code would list them: what a form must and may hold. */

/** What an order of this type is counted by. */
export type CountedBy = 'quantity' | 'package' | 'posts' | { readonly linesOf: string };

export interface OrderType {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly countedBy: CountedBy;
}

const byQuantity = (...more: string[]): OrderType => ({
  required: ['link', 'quantity', ...more],
  optional: [],
  countedBy: 'quantity',
});
const byLines = (field: string, ...more: string[]): OrderType => ({
  required: ['link', field, ...more],
  optional: [],
  countedBy: { linesOf: field },
});

export const ORDER_TYPES = {
  Default: { ...byQuantity(), optional: ['runs', 'interval'] },
  Package: { required: ['link'], optional: [], countedBy: 'package' },
  SEO: byQuantity('keywords'),
  'Custom Comments': byLines('comments'),
  'Custom Comments Package': { required: ['link', 'comments'], optional: [], countedBy: 'package' },
  Mentions: byQuantity('usernames'),
  'Mentions with Hashtags': byQuantity('usernames', 'hashtags'),
  'Mentions Custom List': byLines('usernames'),
  'Mentions Hashtag': byQuantity('hashtag'),
  'Mentions User Followers': byQuantity('username'),
  'Mentions Media Likers': byQuantity('media'),
  'Comment Likes': byQuantity('username'),
  'Comment Replies': byLines('comments', 'username'),
  Poll: byQuantity('answer_number'),
  'Invites from Groups': byQuantity('groups'),
  Subscriptions: {
    required: ['username', 'min', 'max', 'delay'],
    optional: ['posts', 'old_posts', 'expiry'],
    countedBy: 'posts',
  },
  'Web Traffic': {
    ...byQuantity('country', 'device', 'type_of_traffic'),
    optional: ['runs', 'interval', 'google_keyword', 'referring_url'],
  },
} as const satisfies Record<string, OrderType>;

export type OrderTypeName = keyof typeof ORDER_TYPES;

export const ORDER_TYPE_NAMES = Object.keys(ORDER_TYPES) as OrderTypeName[];
