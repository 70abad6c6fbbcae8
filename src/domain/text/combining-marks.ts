/**
 * Of more than thirty combining marks in a row only the first thirty: no language writes more, and to put marks into
 * their order for comparing takes the square of their number.
 */
export function boundMarks(text: string): string {
  return ASCII.test(text) ? text : text.replace(TOO_MANY_MARKS, '$1');
}

const ASCII = /^[\0-\x7f]*$/;
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;
