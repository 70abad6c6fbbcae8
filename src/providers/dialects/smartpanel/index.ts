/**
 * The dialect of panels that run SmartPanel (PHP, CodeIgniter). They differ from the standard in this:
 *
 * - They decode a link twice, so that `+` would become a space, and `%2F` a slash. It is written so that it arrives
 *   unchanged.
 * - They split comments at ` | `, as at the end of a line: a comment that holds it would count as two, and cost as two.
 * - A panel that lacks `refill` or `refill_status` answers it with HTTP 500 and a page; other actions go on
 *   (docs/decisions/0012-a-circuit-an-action.md).
 */
import type { AddEncoding, AddRequest, Dialect, WireForm } from '../../dialect.ts';
import { standard } from '../standard/index.ts';

const COMMENT_SEPARATOR = ' | ';

export const smartpanel: Dialect = {
  ...standard,
  name: 'smartpanel',
  commentSeparator: COMMENT_SEPARATOR,
  add: { ...standard.add, encode: encodeAdd },
};

/** @throws Error also where the panel would read a comment as two; the callers check that before */
function encodeAdd(request: AddRequest, options?: AddEncoding): WireForm {
  const form = standard.add.encode(request, options);
  const { link, comments } = form;
  if (request.details.form !== 'other' && comments?.includes(COMMENT_SEPARATOR)) {
    throw new Error(`A comment holds \`${COMMENT_SEPARATOR}\`, which parts two of them.`);
  }
  return link === undefined ? form : { ...form, link: encodeLink(link) };
}

/** Only what a second decoding would change. */
function encodeLink(link: string): string {
  return link.replaceAll('%', '%25').replaceAll('+', '%2B');
}
