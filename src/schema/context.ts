/** What resolvers may use: the request's own loaders and caller, and the parts of the running gateway. */
import type { Caller } from '../access/caller.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ExchangeRates } from '../domain/money.ts';
import { Loaders } from '../loaders/loaders.ts';
import type { AskedNumbers } from '../orders/asked-numbers.ts';
import type { OrderChanges } from '../orders/changing/change-orders.ts';
import type { OrderEvents } from '../orders/following/order-changes.ts';
import type { OrderStates } from '../orders/following/order-states.ts';
import type { OrderPlacing } from '../orders/placing/order-placing.ts';
import type { PanelLookups } from '../providers/panel-lookups.ts';
import type { Registry } from '../providers/registry.ts';
import type { LedgerStore } from '../storage/ledger/ledger-store.ts';

/** The parts of a running gateway that the schema calls. */
export interface GatewayParts {
  readonly registry: Registry;
  readonly catalogue: Catalogue;
  readonly exchange: ExchangeRates;
  /** The process-wide look-ups of a panel; undefined where it is not configured. */
  readonly lookups: (panel: string) => PanelLookups | undefined;
  readonly store: LedgerStore;
  readonly placing: OrderPlacing;
  readonly changes: OrderChanges;
  readonly askedNumbers: AskedNumbers;
  readonly events: OrderEvents;
  readonly states: OrderStates;
  /** When an order that has just changed is asked for next, in ms. */
  readonly firstCheckMs: number;
  /** Told where an order comes to stand in the ledger. */
  readonly onPlaced: (panel: string, number: string) => void;
  /** Ids that one list argument may hold. */
  readonly idsPerList: number;
}

export interface RequestContext extends GatewayParts {
  readonly caller: Caller;
  readonly loaders: Loaders;
}

/** The context of one request; `parts` is shared by all. */
export function createRequestContext(parts: GatewayParts, caller: Caller): RequestContext {
  return { ...parts, caller, loaders: new Loaders(parts) };
}
