/**
 * How a panel may read the number of an order or a refill. Most panels hold numbers as integers and convert any text
 * that begins like one, so that `007`, `7abc` and `7e1` are all order 7 to them.
 */
export type NumberReading =
  /** Every panel reads it as this number. */
  | 'itself'
  /** An integer that is not written as panels write theirs. */
  | 'another'
  /** Another number at a panel whose numbers are integers, and itself at a panel whose numbers hold letters. */
  | 'perhaps another';

export function readingOf(number: string): NumberReading {
  if (/^(?:0|[1-9][0-9]{0,127})$/.test(number)) return 'itself';
  if (/^[+-]?\p{Nd}{1,128}$/u.test(number)) return 'another';
  return /^[+-]?\p{Nd}/u.test(number) ? 'perhaps another' : 'itself';
}
