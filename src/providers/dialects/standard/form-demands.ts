/** Refusals of how a call was written, and not of what it asked for. Nothing was done. */
import type { Patterns } from './error-patterns.ts';

/** Whether a refused `add` would have had to hold `quantity`, or some field that it did not hold. */
export function demandsQuantity(text: string): boolean {
  return matches(QUANTITY, text);
}

/** Whether a refused `refill` or `cancel` names its order in another field than the panel reads. */
export function refusesTheForm(text: string): boolean {
  return matches(ORDER, text);
}

/** What a demand says stands at its beginning. */
const MAX_LENGTH = 200;

const QUANTITY: Patterns = [
  /\bquantity (?:field )?(?:is |was )?(?:required|missing|empty)/,
  /(?:missing|required|falta)[^.]{0,20} quantity\b/,
  /^missing (?:required )?(?:parameters?|fields?|params?)$/,
];

const ORDER: Patterns = [
  /(?:missing|required|falta)[^.]{0,20} order(?:[ _]?id)?$/,
  /^order(?:[ _]?id)? (?:field )?(?:is |was )?(?:required|missing|empty)/,
  /^(?:incorrect|invalid|wrong|missing) order(?:[ _]?ids?)?$/,
];

function matches(patterns: Patterns, text: string): boolean {
  const words = text.trim().slice(0, MAX_LENGTH).toLowerCase().replace(/\s+/g, ' ');
  const bare = words.replace(/[.!]{1,9}$/, '');
  return patterns.some((pattern) => pattern.test(bare));
}
