import type { ServiceType } from '../service-types.ts';
import type { Noun } from './words.ts';

/** A product that any panel may sell. */
export interface Offer {
  platform: string;
  noun: Noun;
  type: ServiceType;
  /** What the market asks for a thousand (or a package), in hundred-thousandths of a US dollar. */
  price: number;
  /** The usual limits of an order. */
  min: number;
  max: number;
  /** Words behind the noun that tell offers of one noun apart; empty for none. */
  note: string;
}

/** All products, grouped by platform. Every order type is among them. */
export const OFFERS: readonly Offer[] = [
  offer('Instagram', 'followers', 'Default', 90_000, 50, 500_000),
  offer('Instagram', 'likes', 'Default', 12_000, 20, 200_000),
  offer('Instagram', 'views', 'Default', 410, 100, 10_000_000, 'Reels 🎬'),
  offer('Instagram', 'views', 'Default', 5_200, 50, 100_000, 'Story'),
  offer('Instagram', 'shares', 'Default', 8_700, 100, 1_000_000),
  offer('Instagram', 'comments', 'Custom Comments', 800_000, 10, 1_500, '✍️'),
  offer('Instagram', 'comments', 'Custom Comments Package', 149_000, 1, 1, 'x10'),
  offer('Instagram', 'likes', 'Comment Likes', 64_000, 20, 10_000, '💬'),
  offer('Instagram', 'replies', 'Comment Replies', 950_000, 5, 500),
  offer('Instagram', 'mentions', 'Mentions', 210_000, 100, 100_000),
  offer('Instagram', 'mentions', 'Mentions with Hashtags', 240_000, 100, 100_000, '+ hashtags'),
  offer('Instagram', 'mentions', 'Mentions Custom List', 280_000, 10, 10_000, 'list 📋'),
  offer('Instagram', 'mentions', 'Mentions Hashtag', 225_000, 100, 50_000, '#'),
  offer('Instagram', 'mentions', 'Mentions User Followers', 233_000, 500, 100_000, '@user followers'),
  offer('Instagram', 'mentions', 'Mentions Media Likers', 231_000, 250, 100_000, 'media likers'),
  offer('Instagram', 'likes', 'Subscriptions', 31_000, 20, 20_000, 'Auto ⏱️'),
  offer('Instagram', 'views', 'Subscriptions', 1_900, 100, 1_000_000, 'Auto ⏱️'),
  offer('Instagram', 'followers', 'Package', 495_000, 1, 1, '5,000 🎁'),
  offer('TikTok', 'followers', 'Default', 180_000, 10, 300_000),
  offer('TikTok', 'likes', 'Default', 34_000, 10, 100_000),
  offer('TikTok', 'views', 'Default', 330, 100, 100_000_000),
  offer('TikTok', 'shares', 'Default', 9_900, 50, 1_000_000),
  offer('TikTok', 'comments', 'Custom Comments', 640_000, 5, 1_000),
  offer('TikTok', 'likes', 'Comment Likes', 71_000, 10, 5_000, '💬'),
  offer('TikTok', 'views', 'Default', 92_000, 50, 50_000, 'LIVE 30 min 🔴'),
  offer('YouTube', 'subscribers', 'Default', 1_450_000, 50, 50_000),
  offer('YouTube', 'views', 'Default', 119_000, 100, 5_000_000),
  offer('YouTube', 'views', 'Default', 87_000, 100, 1_000_000, 'Shorts ⚡'),
  offer('YouTube', 'likes', 'Default', 76_000, 10, 150_000),
  offer('YouTube', 'comments', 'Custom Comments', 1_250_000, 5, 500),
  offer('YouTube', 'replies', 'Comment Replies', 1_380_000, 5, 300),
  offer('YouTube', 'votes', 'Poll', 160_000, 100, 50_000, 'Community 🗳️'),
  offer('YouTube', 'views', 'SEO', 310_000, 500, 100_000, 'Search + SEO 🔎'),
  offer('YouTube', 'views', 'Package', 999_000, 1, 1, '10,000 🎁'),
  offer('Telegram', 'members', 'Default', 67_000, 100, 200_000),
  offer('Telegram', 'views', 'Default', 1_500, 50, 1_000_000),
  offer('Telegram', 'likes', 'Default', 14_000, 10, 300_000, '👍🔥❤️'),
  offer('Telegram', 'votes', 'Poll', 42_000, 50, 100_000, '🗳️'),
  offer('Telegram', 'members', 'Invites from Groups', 390_000, 100, 10_000, '👥'),
  offer('Telegram', 'views', 'Subscriptions', 2_400, 50, 500_000, 'Auto ⏱️'),
  offer('Facebook', 'followers', 'Default', 98_000, 100, 500_000),
  offer('Facebook', 'likes', 'Default', 83_000, 50, 100_000),
  offer('Facebook', 'views', 'Default', 11_500, 500, 10_000_000),
  offer('Facebook', 'comments', 'Custom Comments', 870_000, 10, 1_000),
  offer('Facebook', 'members', 'Invites from Groups', 420_000, 100, 20_000),
  offer('X (Twitter)', 'followers', 'Default', 310_000, 20, 100_000),
  offer('X (Twitter)', 'likes', 'Default', 190_000, 20, 50_000),
  offer('X (Twitter)', 'views', 'Default', 600, 100, 50_000_000),
  offer('X (Twitter)', 'votes', 'Poll', 230_000, 25, 20_000),
  offer('Spotify', 'plays', 'Default', 43_000, 1_000, 10_000_000, '🎧'),
  offer('Spotify', 'followers', 'Default', 39_000, 20, 1_000_000),
  offer('Spotify', 'plays', 'Package', 2_450_000, 1, 1, '50,000 🎁'),
  offer('SoundCloud', 'plays', 'Default', 2_800, 100, 10_000_000),
  offer('Twitch', 'followers', 'Default', 52_000, 20, 50_000),
  offer('Discord', 'members', 'Default', 1_120_000, 50, 10_000),
  offer('LinkedIn', 'followers', 'Default', 1_690_000, 50, 10_000),
  offer('小紅書', 'followers', 'Default', 2_150_000, 20, 10_000),
  offer('Google', 'visitors', 'SEO', 72_000, 500, 1_000_000, 'SEO 🔎'),
  offer('Website', 'visitors', 'Web Traffic', 18_500, 500, 1_000_000, '🌍'),
];

function offer(
  platform: string,
  noun: Noun,
  type: ServiceType,
  price: number,
  min: number,
  max: number,
  note = '',
): Offer {
  return { platform, noun, type, price, min, max, note };
}
