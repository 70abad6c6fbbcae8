/** The panel's words for the types of services. Source: docs/panel-protocol.md, "Order types". */
import type { ServiceType } from '../../../../domain/service.ts';

const WORDS: Readonly<Record<Exclude<ServiceType, 'OTHER'>, string>> = {
  DEFAULT: 'Default',
  PACKAGE: 'Package',
  CUSTOM_COMMENTS: 'Custom Comments',
  CUSTOM_COMMENTS_PACKAGE: 'Custom Comments Package',
  SUBSCRIPTIONS: 'Subscriptions',
  COMMENT_LIKES: 'Comment Likes',
  COMMENT_REPLIES: 'Comment Replies',
  MENTIONS: 'Mentions',
  MENTIONS_WITH_HASHTAGS: 'Mentions with Hashtags',
  MENTIONS_CUSTOM_LIST: 'Mentions Custom List',
  MENTIONS_HASHTAG: 'Mentions Hashtag',
  MENTIONS_USER_FOLLOWERS: 'Mentions User Followers',
  MENTIONS_MEDIA_LIKERS: 'Mentions Media Likers',
  POLL: 'Poll',
  INVITES_FROM_GROUPS: 'Invites from Groups',
  SEO: 'SEO',
  WEB_TRAFFIC: 'Web Traffic',
};

const TYPES: ReadonlyMap<string, ServiceType> = new Map(
  Object.entries(WORDS).map(([type, word]) => [keyOf(word), type as ServiceType]),
);

/** The type that a word means, in any case, in snake case, in the singular; DEFAULT where it is empty. */
export function serviceTypeOf(word: string): ServiceType {
  return word.trim() === '' ? 'DEFAULT' : (TYPES.get(keyOf(word)) ?? 'OTHER');
}

function keyOf(word: string): string {
  const words = word.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return words
    .map((each) => each.replace(/ies$/, 'y').replace(/s$/, ''))
    .join(' ')
    .trim();
}
