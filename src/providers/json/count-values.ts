/** Tells a text that would take long to parse, before anyone parses it. */

const COMMA = ','.charCodeAt(0);
const BRACE = '{'.charCodeAt(0);
const BRACKET = '['.charCodeAt(0);

/** Whether JSON may hold more than `most` values: each stands behind a comma or an opening bracket. */
export function mayHoldMoreThan(most: number, json: string): boolean {
  // Each value takes a sign of its own, and most texts are short.
  if (json.length <= most) return false;
  let count = 0;
  for (let at = 0; at < json.length; at += 1) {
    const sign = json.charCodeAt(at);
    if ((sign === COMMA || sign === BRACE || sign === BRACKET) && ++count > most) return true;
  }
  return false;
}
