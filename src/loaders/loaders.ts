/** The loaders of one request. */
import type { OrderState, RefillState } from '../domain/order.ts';
import type { PanelLookups } from '../providers/panel-lookups.ts';
import { createLookupLoader, type LookupLoader } from './lookup-loader.ts';

export interface Loaders {
  readonly orders: LookupLoader<OrderState>;
  readonly refills: LookupLoader<RefillState>;
}

export function createLoaders(lookups: (panel: string) => PanelLookups | undefined): Loaders {
  return {
    orders: createLookupLoader((panel) => lookups(panel)?.orders),
    refills: createLookupLoader((panel) => lookups(panel)?.refills),
  };
}
