/** The list that the panel for measuring sells. */

interface PanelService {
  readonly service: number;
  readonly name: string;
  readonly type: string;
  readonly category: string;
  readonly rate: string;
  readonly min: string;
  readonly max: string;
  readonly refill: boolean;
  readonly cancel: boolean;
}

const NETWORKS = ['Instagram', 'YouTube', 'TikTok', 'Telegram', 'Facebook', 'Twitter', 'Spotify'];
const KINDS = ['Followers', 'Likes', 'Views', 'Comments', 'Shares', 'Members'];

/** `count` services with names and prices as panels write them; the same at every start. */
export function listServices(count: number): PanelService[] {
  return Array.from({ length: count }, (_, at) => {
    const network = NETWORKS[at % NETWORKS.length]!;
    const kind = KINDS[at % KINDS.length]!;
    return {
      service: at + 1,
      name: `${network} ${kind} [Refill: ${(at % 9) * 10} days] [Max: ${(at % 50) + 1}K] [Start: 0-${(at % 12) + 1} hours]`,
      type: 'Default',
      category: `${network} ${kind} - Tier ${at % 80}`,
      rate: `${at % 40}.${String((at * 7919) % 100_000).padStart(5, '0')}`,
      min: '10',
      max: String(((at % 50) + 1) * 1000),
      refill: at % 2 === 0,
      cancel: at % 3 === 0,
    };
  });
}
