import { type DemoService, generateServices } from './catalogue/generate-services.ts';
import type { DemoPanelOptions } from './demo-panel-options.ts';
import { FLAVOURS, type Flavour } from './flavours.ts';
import { Account } from './orders/account.ts';
import { OrderBook } from './orders/order-book.ts';
import { RefillBook } from './orders/refill-book.ts';
import { Stage } from './simulation/stage.ts';
import { parseUnits } from './units.ts';

/** All that the answers of a panel are made of. */
export interface PanelState {
  flavour: Flavour;
  currency: string;
  now: () => number;
  services: ReadonlyMap<number, DemoService>;
  account: Account;
  orders: OrderBook;
  refills: RefillBook;
  stage: Stage;
}

/** The words that set a panel's chance apart from that of other panels of the same seed. */
export function seedOf(options: DemoPanelOptions): string {
  return `${options.flavour} ${options.seed ?? 1}`;
}

const KEPT_ORDERS = 100_000;
// The documented example, 23501, is where ids begin; from there they rise by a hundred for each second since 2025,
// so that a panel that starts anew does not give out numbers that a client's ledger knows from before.
const FIRST_ID = 23_501;
const EPOCH = Date.UTC(2025, 0, 1);

/** Creates the state of a panel before its first call. Throws if the balance is not a decimal. */
export function createPanelState(options: DemoPanelOptions): PanelState {
  const { currency, now = Date.now, speed = 1, services: count = 300 } = options;
  const flavour = FLAVOURS[options.flavour];
  const seed = seedOf(options);
  const account = new Account(parseUnits(options.balance));
  const stage = new Stage(now);
  const firstId = FIRST_ID + Math.max(0, Math.floor((now() - EPOCH) / 10));
  const services = generateServices({ flavour, seed, count, currency });
  const common = { seed, speed, firstId, limit: KEPT_ORDERS, stage };
  return {
    flavour,
    currency,
    now: () => stage.now(),
    services: new Map(services.map((service) => [service.id, service])),
    account,
    orders: new OrderBook({ ...common, account }),
    refills: new RefillBook(common),
    stage,
  };
}
