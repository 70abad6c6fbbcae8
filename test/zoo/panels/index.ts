/** Every kind of panel in the zoo. */
import type { PanelKind } from '../shop/shop.ts';
import { FASTAPI } from './fastapi.ts';
import { JERRY } from './jerry.ts';
import { LARAVEL_VIET } from './laravel-viet.ts';
import { NEXAPANEL } from './nexapanel.ts';
import { OWN_SMM } from './own-smm.ts';
import { PROXIED } from './proxied.ts';
import { RUSSIAN } from './russian.ts';
import { SMARTPANEL } from './smartpanel.ts';
import { SMM_TURK } from './smm-turk.ts';

export const PANEL_KINDS: readonly PanelKind[] = [
  SMARTPANEL,
  SMM_TURK,
  OWN_SMM,
  NEXAPANEL,
  JERRY,
  FASTAPI,
  LARAVEL_VIET,
  RUSSIAN,
  PROXIED,
];
