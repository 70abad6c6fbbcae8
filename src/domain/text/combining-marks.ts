/**
 * Keeps the first thirty of a row of combining marks. No language writes more, and the time for sorting marks, which
 * normalising and comparing need, grows with the square of their number.
 */
export function boundMarks(text: string): string {
  return ASCII.test(text) ? text : text.replace(TOO_MANY_MARKS, '$1');
}

const ASCII = /^[\0-\x7f]*$/;
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;
