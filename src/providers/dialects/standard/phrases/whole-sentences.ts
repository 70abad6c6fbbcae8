/**
 * Texts that are a known phrase as a whole, but for what says nothing before and behind it. One expression for all of
 * it would take a second to compile, so what stands around a phrase is taken off first.
 */
import { compilePhrases } from './compile-phrases.ts';

const MAX_OPENINGS = 2;
const MAX_CLOSINGS = 3;

export interface Surroundings {
  readonly openings: readonly string[];
  readonly closings: readonly string[];
}

/** Finds what a folded text may come down to: itself, and itself without what stands around its phrase. */
export function createSurroundingsFinder({ openings, closings }: Surroundings): (words: string) => readonly string[] {
  const opening = beginning(openings);
  const closing = whole(closings);
  return (words) => startsOf(words, opening).flatMap((start) => headsOf(words.slice(start), closing));
}

/** An expression for texts that are one of these phrases and nothing else. */
export function whole(phrases: readonly string[]): RegExp {
  return new RegExp(`^${compilePhrases(phrases)}$`);
}

function beginning(phrases: readonly string[]): RegExp {
  return new RegExp(`^${compilePhrases(phrases)}`);
}

/** Where the phrase may begin: at the start, and behind each opening. */
function startsOf(words: string, opening: RegExp): number[] {
  const starts = [0];
  let start = 0;
  for (let taken = 0; taken < MAX_OPENINGS; taken += 1) {
    start += opening.exec(words.slice(start))?.[0].length ?? 0;
    if (start > 0) starts.push(start);
  }
  return starts;
}

/** The text, and what is left of it where closings are taken off. */
function headsOf(words: string, closing: RegExp): string[] {
  const heads = [words];
  for (const cut of cutsOf(words)) {
    if (isMadeOf(words.slice(cut), closing, MAX_CLOSINGS)) heads.push(words.slice(0, cut));
  }
  return heads;
}

function isMadeOf(words: string, closing: RegExp, most: number): boolean {
  if (closing.test(words)) return true;
  if (most === 1) return false;
  return cutsOf(words).some(
    (cut) => closing.test(words.slice(0, cut)) && isMadeOf(words.slice(cut), closing, most - 1),
  );
}

/** Where one word ends and the next begins. */
function cutsOf(words: string): number[] {
  const cuts: number[] = [];
  for (let cut = words.indexOf(' ') + 1; cut > 0 && cut < words.length; cut = words.indexOf(' ', cut) + 1)
    cuts.push(cut);
  return cuts;
}
