/**
 * As what a panel may read the number of an order or a refill. Most hold them as integers, and make one of any text that
 * begins like one: `007`, `7abc` and `7e1` are order 7 to many.
 */
export type NumberReading =
  /** No panel reads it as another number. */
  | 'itself'
  /** An integer written otherwise than panels write theirs. */
  | 'another'
  /** Another one where the panel counts its orders; itself where its numbers hold letters. */
  | 'perhaps another';

export function readingOf(number: string): NumberReading {
  if (/^(?:0|[1-9][0-9]{0,127})$/.test(number)) return 'itself';
  if (/^[+-]?\p{Nd}{1,128}$/u.test(number)) return 'another';
  return /^[+-]?\p{Nd}/u.test(number) ? 'perhaps another' : 'itself';
}
