/** Chance that can be had again: the same seed gives the same choices. */
export interface RandomSource {
  /** A whole number from 0 to `below` - 1. */
  readonly below: (below: number) => number;
  /** True in so many of 100 cases. */
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(values: readonly T[]) => T;
}

/** By mulberry32, from the hash of a text. */
export function createRandomSource(seed: string): RandomSource {
  let state = 2_166_136_261;
  for (let at = 0; at < seed.length; at += 1) state = Math.imul(state ^ seed.charCodeAt(at), 16_777_619);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, chance: (percent) => next() * 100 < percent, pick: (values) => values[below(values.length)]! };
}
