/** A stream of seeded chance: the same seed words give the same draws in every process. */
export interface Chance {
  /** A number from 0 (included) to 1 (excluded). */
  share(): number;
  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number;
  /** One entry of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** A copy of the list in another order. */
  shuffle<T>(list: readonly T[]): T[];
}

/** Creates the stream that belongs to the given words; streams of different words are independent. */
export function createChance(...words: readonly (string | number)[]): Chance {
  let state = hashOf(words.join('\u0000'));
  const share = () => {
    // mulberry32: small, fast, and even enough for a simulation.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (low: number, high: number) => low + Math.floor(share() * (high - low + 1));
  return {
    share,
    integer,
    pick: (list) => list[integer(0, list.length - 1)]!,
    shuffle: (list) => {
      const copy = [...list];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [copy[last], copy[other]] = [copy[other]!, copy[last]!];
      }
      return copy;
    },
  };
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}
