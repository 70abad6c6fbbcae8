/** All attacks by kind, in the order in which they run: those that leave something behind come last. */
import type { AttackCase } from '../attack-case.ts';
import { CATALOGUE_CASES } from './catalogue.ts';
import { INTROSPECTION_CASES } from './introspection.ts';
import { LOOK_UP_CASES } from './look-ups.ts';
import { MEMORY_CASES } from './memory.ts';
import { MULTIPLIED_CASES } from './multiplied.ts';
import { PLACING_CASES } from './placing.ts';
import { TRANSPORT_CASES } from './transport.ts';

export const ATTACKS: Readonly<Record<string, readonly AttackCase[]>> = {
  transport: TRANSPORT_CASES,
  introspection: INTROSPECTION_CASES,
  placing: PLACING_CASES,
  multiplied: MULTIPLIED_CASES,
  'look-ups': LOOK_UP_CASES,
  catalogue: CATALOGUE_CASES,
  memory: MEMORY_CASES.map((attack) => ({ ...attack, takesLong: true })),
};
