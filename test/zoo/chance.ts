/** Chance by name: the same seed and name give the same draws, whatever else is going on at the time. */
import { createRandom, type Random } from '../crash/random.ts';

export type Chance = Random;

/** Draws for one thing, such as one attempt of one order. */
export function chanceOf(seed: number, name: string): Chance {
  // FNV-1a, which tells neighbours such as `zoo-17` and `zoo-18` apart.
  let hash = 0x811c9dc5 ^ seed;
  for (const sign of name) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return createRandom(hash);
}
