/** The dialects by name: one row each. */
import type { DialectName } from '../../config/presets.ts';
import type { Dialect } from '../dialect.ts';
import { pica } from './pica/index.ts';
import { smartpanel } from './smartpanel/index.ts';
import { standard } from './standard/index.ts';

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = { standard, pica, smartpanel };

export function getDialect(name: DialectName): Dialect {
  return DIALECTS[name];
}
