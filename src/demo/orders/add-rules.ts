import type { ServiceType } from '../service-types.ts';

/** A field of `add` beside `service`. */
export type AddField = keyof typeof FIELD_CHECKS;

/** The fields of a type, and where the quantity of its orders comes from. */
export interface AddRule {
  required: readonly AddField[];
  optional: readonly AddField[];
  /** A field that holds the number, or one whose lines are counted; `package` for 1, `posts` for a subscription. */
  quantity: 'quantity' | 'comments' | 'usernames' | 'package' | 'posts';
}

const DELAYS = [0, 5, 10, 15, 20, 30, 40, 50, 60, 90, 120, 150, 180, 210, 240, 270, 300, 360, 420, 480, 540, 600];

/** Whether a field's text, which is not empty, is well formed. */
export const FIELD_CHECKS = {
  link: isLink,
  quantity: isCount,
  runs: isSmallCount,
  interval: isSmallCount,
  keywords: hasLines,
  comments: hasLines,
  usernames: hasLines,
  hashtags: hasLines,
  groups: hasLines,
  hashtag: isWord,
  username: isWord,
  media: isLink,
  answer_number: isSmallCount,
  min: isCount,
  max: isCount,
  delay: (text: string) => DELAYS.some((delay) => String(delay) === text),
  posts: isSmallCount,
  old_posts: (text: string) => text === '0' || isSmallCount(text),
  expiry: (text: string) => expiryAt(text) !== null,
  country: (text: string) => /^[\p{L} ,.'()-]{2,60}$/u.test(text),
  device: (text: string) => /^[1-5]$/.test(text),
  type_of_traffic: (text: string) => /^[1-3]$/.test(text),
  google_keyword: isText,
  referring_url: isLink,
} as const satisfies Record<string, (text: string) => boolean>;

/** The rule of every type (docs/panel-protocol.md, "Order types"). */
export const ADD_RULES: Record<ServiceType, AddRule> = {
  Default: rule(['link', 'quantity'], 'quantity', ['runs', 'interval']),
  // Clients of panels that insist on it send `quantity` 1 with a package, so it is allowed.
  Package: rule(['link'], 'package', ['quantity']),
  SEO: rule(['link', 'quantity', 'keywords'], 'quantity'),
  'Custom Comments': rule(['link', 'comments'], 'comments'),
  'Custom Comments Package': rule(['link', 'comments'], 'package', ['quantity']),
  Mentions: rule(['link', 'quantity', 'usernames'], 'quantity'),
  'Mentions with Hashtags': rule(['link', 'quantity', 'usernames', 'hashtags'], 'quantity'),
  'Mentions Custom List': rule(['link', 'usernames'], 'usernames'),
  'Mentions Hashtag': rule(['link', 'quantity', 'hashtag'], 'quantity'),
  'Mentions User Followers': rule(['link', 'quantity', 'username'], 'quantity'),
  'Mentions Media Likers': rule(['link', 'quantity', 'media'], 'quantity'),
  'Comment Likes': rule(['link', 'quantity', 'username'], 'quantity'),
  'Comment Replies': rule(['link', 'username', 'comments'], 'comments'),
  Poll: rule(['link', 'quantity', 'answer_number'], 'quantity'),
  'Invites from Groups': rule(['link', 'quantity', 'groups'], 'quantity'),
  Subscriptions: rule(['username', 'min', 'max', 'delay'], 'posts', ['posts', 'old_posts', 'expiry']),
  'Web Traffic': rule(['link', 'quantity', 'country', 'device', 'type_of_traffic'], 'quantity', [
    'runs',
    'interval',
    'google_keyword',
    'referring_url',
  ]),
};

/** The lines of a list field that hold something. */
export function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}

/** The end (UTC) of a day written `d/m/Y`, in milliseconds, or null if there is no such day. */
export function expiryAt(text: string): number | null {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  if (day === undefined) return null;
  const start = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Date rolls 31/02 over into March; the day that comes out tells.
  if (start.getUTCDate() !== Number(day) || start.getUTCMonth() !== Number(month) - 1) return null;
  return start.getTime() + 86_400_000;
}

function rule(
  required: readonly AddField[],
  quantity: AddRule['quantity'],
  optional: readonly AddField[] = [],
): AddRule {
  return { required, optional, quantity };
}

/** A web address, with or without its scheme. */
function isLink(text: string): boolean {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  return !/\s/.test(text) && URL.canParse(address) && /[^.]\.[^.]/.test(new URL(address).hostname);
}

function isCount(text: string): boolean {
  return /^[1-9]\d{0,11}$/.test(text);
}

/** From 1 to 1000: each run, post or answer is simulated one by one. */
function isSmallCount(text: string): boolean {
  return isCount(text) && Number(text) <= 1000;
}

function hasLines(text: string): boolean {
  return linesOf(text).length > 0;
}

function isWord(text: string): boolean {
  return isText(text) && !/\s/.test(text.trim());
}

function isText(text: string): boolean {
  return text.trim() !== '';
}
