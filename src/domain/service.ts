/** What a panel sells. */
import type { Decimal } from './money.ts';

export const SERVICE_TYPES = [
  'DEFAULT',
  'PACKAGE',
  'CUSTOM_COMMENTS',
  'CUSTOM_COMMENTS_PACKAGE',
  'SUBSCRIPTIONS',
  'COMMENT_LIKES',
  'COMMENT_REPLIES',
  'MENTIONS',
  'MENTIONS_WITH_HASHTAGS',
  'MENTIONS_CUSTOM_LIST',
  'MENTIONS_HASHTAG',
  'MENTIONS_USER_FOLLOWERS',
  'MENTIONS_MEDIA_LIKERS',
  'POLL',
  'INVITES_FROM_GROUPS',
  'SEO',
  'WEB_TRAFFIC',
  'OTHER',
] as const;

/** One value for each order form of the protocol; OTHER where the gateway does not know the panel's word. */
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** One line of a panel's list, as plain data (it is kept as JSON in the cache). */
export interface Service {
  /** The panel's id. */
  readonly panel: string;
  /** The panel's own service id, as text. */
  readonly number: string;
  readonly name: string;
  readonly category: string;
  readonly type: ServiceType;
  /** The panel's own word for the type. */
  readonly typeText: string;
  /** The price of 1000 units, or of the whole package, in the panel's own digits. */
  readonly rate: Decimal;
  readonly min: number;
  readonly max: number;
  /** Null where the panel does not say. */
  readonly refill: boolean | null;
  readonly cancel: boolean | null;
  readonly dripFeed: boolean | null;
  readonly description: string | null;
  readonly averageTime: string | null;
}

/** A longer list has more services than any panel sells. */
export const MOST_SERVICES = 250_000;

/** The answer to one call of `services`. */
export interface ServiceList {
  readonly services: readonly Service[];
  /** Services that could not be read, or whose id the list holds already. */
  readonly skippedCount: number;
}
