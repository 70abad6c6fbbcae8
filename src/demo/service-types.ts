/** The order types of the protocol, in the panel's words (docs/panel-protocol.md, "Order types"). */
export const SERVICE_TYPES = [
  'Default',
  'Package',
  'SEO',
  'Custom Comments',
  'Custom Comments Package',
  'Mentions',
  'Mentions with Hashtags',
  'Mentions Custom List',
  'Mentions Hashtag',
  'Mentions User Followers',
  'Mentions Media Likers',
  'Comment Likes',
  'Comment Replies',
  'Poll',
  'Invites from Groups',
  'Subscriptions',
  'Web Traffic',
] as const;

/** One of the panel's words for an order type. */
export type ServiceType = (typeof SERVICE_TYPES)[number];

/** Whether the rate of this type is the price of one package. */
export function isPackageType(type: ServiceType): boolean {
  return type === 'Package' || type === 'Custom Comments Package';
}
