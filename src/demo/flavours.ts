import type { Language } from './catalogue/words.ts';
import type { DemoFlavour } from './demo-panel-options.ts';
import { SERVICE_TYPES, type ServiceType } from './service-types.ts';

/** What tells the documented panels apart (docs/panel-protocol.md). */
export interface Flavour {
  /** The path of the one endpoint. */
  path: string;
  /** The id of the first service. */
  firstServiceId: number;
  /** Whether services say if their orders can be canceled. */
  hasCancelFlag: boolean;
  /** Whether `refill_status` takes a list in `refills`. */
  hasRefillStatusList: boolean;
  /** Whether `interval` may come without `runs`. */
  takesIntervalAlone: boolean;
  /** The types on sale. */
  types: readonly ServiceType[];
  /** The languages of service names; the first is also that of the categories. */
  languages: readonly Language[];
}

/** The flavours by name. */
export const FLAVOURS: Record<DemoFlavour, Flavour> = {
  plus: {
    path: '/api/v2',
    firstServiceId: 1,
    hasCancelFlag: true,
    hasRefillStatusList: true,
    takesIntervalAlone: false,
    types: SERVICE_TYPES,
    languages: ['fr', 'en', 'es', 'tr', 'ar'],
  },
  cloud: {
    path: '/api/v2',
    firstServiceId: 1,
    hasCancelFlag: true,
    hasRefillStatusList: true,
    takesIntervalAlone: false,
    types: SERVICE_TYPES,
    languages: ['en', 'pt', 'de', 'ru', 'zh'],
  },
  pica: {
    path: '/api2/v2',
    firstServiceId: 1448,
    hasCancelFlag: false,
    hasRefillStatusList: false,
    takesIntervalAlone: true,
    types: ['Default', 'Custom Comments', 'Package', 'Comment Likes', 'Poll'],
    languages: ['nl', 'en', 'zh', 'kab'],
  },
};
