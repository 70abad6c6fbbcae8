/** What a simulated panel puts on the wire. */

export type WireAnswer =
  | { readonly status: number; readonly type: string; readonly body: string }
  /** The connection is cut. */
  | 'hang up'
  /** Nothing comes, and the connection stays. */
  | 'silence';

export function json(value: unknown, status = 200): WireAnswer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

export function html(body: string, status = 200): WireAnswer {
  return { status, type: 'text/html; charset=UTF-8', body };
}
