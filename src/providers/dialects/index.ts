/** The dialects by name: one row each. */
import type { Dialect } from '../dialect.ts';
import { pica } from './pica/index.ts';
import { smartpanel } from './smartpanel/index.ts';
import { standard } from './standard/index.ts';

export const DIALECTS = { standard, pica, smartpanel } as const satisfies Readonly<Record<string, Dialect>>;

export type DialectName = keyof typeof DIALECTS;

export function getDialect(name: DialectName): Dialect {
  return DIALECTS[name];
}
