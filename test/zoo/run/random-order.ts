/** What a crowd of clients wants: mostly good orders, and what panels turn away. */
import { type Chance, chanceOf } from '../chance.ts';
import type { PanelKind } from '../shop/shop.ts';
import type { ZooService } from '../shop/zoo-service.ts';
import { detailsOf } from './order-details.ts';

export interface WantedOrder {
  /** Its idempotency key, too. */
  readonly mark: string;
  readonly panel: string;
  readonly input: object;
  /** Sent twice at one time, under its one key. */
  readonly isDoubled: boolean;
  /** What is asked for once it has been placed. */
  readonly afterwards: 'nothing' | 'refill' | 'cancel';
}

export function wantRandomOrder(index: number, seed: number, kinds: readonly PanelKind[]): WantedOrder {
  const mark = `zoo-${index}`;
  const chance = chanceOf(seed, `client ${mark}`);
  const kind = chance.pick(kinds);
  const service = chance.pick(kind.services);
  const wish = {
    mark,
    link: pickLink(mark, chance),
    quantity: pickQuantity(service, chance),
    lines: pickLines(chance),
  };
  const details = detailsOf(service.type, wish);
  return {
    mark,
    panel: kind.id,
    input: { serviceId: `Service:${kind.id}:${service.number}`, idempotencyKey: mark, details },
    isDoubled: chance.chance(0.1),
    afterwards: chance.pick(['nothing', 'nothing', 'nothing', 'nothing', 'refill', 'cancel']),
  };
}

function pickLink(mark: string, chance: Chance): string {
  const kind = chance.between(0, 1);
  if (kind < 0.05) return `https://example.com/broken/${mark}`;
  if (kind < 0.1) return `ftp://example.com/${mark}`;
  // A page that others order for, too.
  if (kind < 0.2) return `https://example.com/popular/${chance.pick(['a', 'b', 'c'])}?from=${mark}`;
  return `https://example.com/p/${mark}`;
}

/** Within what the list says: the gateway holds back the rest. */
function pickQuantity({ min, max }: ZooService, chance: Chance): number {
  const most = Math.min(max === 0 ? 2_000 : max, 2_000);
  return Math.floor(chance.between(Math.max(min, 1), most + 1));
}

function pickLines(chance: Chance): string[] {
  const line = chance.pick(['nice one', 'left | right', 'ça va 👍']);
  return Array.from({ length: 1 + Math.floor(chance.between(0, 5)) }, (_, index) => `${line} ${index}`);
}
