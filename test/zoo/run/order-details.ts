/** A good order of each type, as a client of the gateway writes it; the mark stands in its link or user name. */
import type { OrderTypeName } from '../shop/order-types.ts';

export interface Wish {
  readonly mark: string;
  readonly link: string;
  readonly quantity: number;
  readonly lines: readonly string[];
}

const FORMS: Readonly<Record<OrderTypeName, (wish: Wish) => Readonly<Record<string, object>>>> = {
  Default: ({ link, quantity }) => ({ default: { link, quantity } }),
  Package: ({ link }) => ({ package: { link } }),
  SEO: ({ link, quantity }) => ({ seo: { link, quantity, keywords: ['shoes', 'red shoes'] } }),
  'Custom Comments': ({ link, lines }) => ({ customComments: { link, comments: lines } }),
  'Custom Comments Package': ({ link, lines }) => ({ customCommentsPackage: { link, comments: lines } }),
  Mentions: ({ link, quantity }) => ({ mentions: { link, quantity, usernames: ['ann', 'bob'] } }),
  'Mentions with Hashtags': ({ link, quantity }) => ({
    mentionsWithHashtags: { link, quantity, usernames: ['ann'], hashtags: ['spring'] },
  }),
  'Mentions Custom List': ({ link, lines }) => ({ mentionsCustomList: { link, usernames: lines } }),
  'Mentions Hashtag': ({ link, quantity }) => ({ mentionsHashtag: { link, quantity, hashtag: 'spring' } }),
  'Mentions User Followers': ({ link, quantity }) => ({ mentionsUserFollowers: { link, quantity, username: 'ann' } }),
  'Mentions Media Likers': ({ link, quantity }) => ({
    mentionsMediaLikers: { link, quantity, media: 'https://example.com/p/9' },
  }),
  'Comment Likes': ({ link, quantity }) => ({ commentLikes: { link, quantity, username: 'ann' } }),
  'Comment Replies': ({ link, lines }) => ({ commentReplies: { link, username: 'ann', comments: lines } }),
  Poll: ({ link, quantity }) => ({ poll: { link, quantity, answerNumber: '2' } }),
  'Invites from Groups': ({ link, quantity }) => ({ invitesFromGroups: { link, quantity, groups: ['cats'] } }),
  Subscriptions: ({ mark, quantity }) => ({
    subscription: { username: mark, min: quantity, max: quantity, posts: 2, delay: 0 },
  }),
  'Web Traffic': ({ link, quantity }) => ({
    webTraffic: { link, quantity, country: 'NL', device: 1, typeOfTraffic: 3 },
  }),
};

export function detailsOf(type: OrderTypeName, wish: Wish): Readonly<Record<string, object>> {
  return FORMS[type](wish);
}
