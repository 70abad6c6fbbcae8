/** The texts that an order may hold: of bounded length, and kept by every store and sent to every panel as given. */

const LONGEST_LINK = 2_000;
const LONGEST_TEXT = 10_000;

/** The problem of a text or a link, which must not be blank; null where there is none. */
export function textProblem(text: string, kind: 'TEXT' | 'LINK'): string | null {
  if (text.trim() === '') return 'It must not be blank.';
  return valueProblem(text, kind === 'LINK' ? LONGEST_LINK : LONGEST_TEXT);
}

/** As `textProblem`, for a text that may be blank. */
export function valueProblem(text: string, longest = LONGEST_TEXT): string | null {
  if (text.length > longest) return `It may hold ${longest} characters at most, not ${text.length}.`;
  return isStorable(text) ? null : 'It must be well-formed text without NUL.';
}

/** Whether every store can keep the text: PostgreSQL takes no NUL, and UTF-8 no lone surrogate. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** The problem of a list of texts, each of which is one line; null where there is none. */
export function linesProblem(lines: readonly string[]): string | null {
  if (lines.length === 0) return 'It must hold at least one line.';
  const bad = lines.findIndex((line) => line.trim() === '' || /[\r\n\u2028\u2029]/.test(line));
  if (bad >= 0) return `Line ${bad + 1} is blank or holds a line break.`;
  const wrong = lines.findIndex((line) => valueProblem(line) !== null);
  return wrong < 0 ? null : `Line ${wrong + 1}: ${valueProblem(lines[wrong] ?? '')}`;
}
