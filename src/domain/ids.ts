/**
 * Global ids, `Type:panel:number`. They are stable, and a client that holds a panel's own number may build one by hand.
 * Only the first two colons separate, since some panels use colons in their numbers.
 */
import { CallerError } from './errors.ts';

export type PanelItemType = 'Service' | 'Order' | 'Refill';
export type NodeType = PanelItemType | 'Panel' | 'Placement';

/** A service, an order or a refill, by its panel and the panel's own number. */
export interface PanelItemRef {
  readonly panel: string;
  readonly number: string;
}

export type NodeRef =
  | ({ readonly type: 'Service' } & PanelItemRef)
  | ({ readonly type: 'Order' } & PanelItemRef)
  | ({ readonly type: 'Refill' } & PanelItemRef)
  | { readonly type: 'Panel'; readonly panel: string }
  | { readonly type: 'Placement'; readonly uuid: string };

/** A panel's number: up to 128 characters without comma, white space, control characters or lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it excludes
const NUMBER = /^[^,\s\p{Cs}\u0000-\u001f\u007f-\u009f]{1,128}$/u;
const PANEL = /^[A-Za-z0-9_-]{1,64}$/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be a panel's number for a service, an order or a refill. */
export function isPanelNumber(text: string): boolean {
  return NUMBER.test(text);
}

export function formatId(type: PanelItemType, { panel, number }: PanelItemRef): string {
  return `${type}:${panel}:${number}`;
}

/** The key of an item in a map whose items are all of one type. */
export function itemKey({ panel, number }: PanelItemRef): string {
  return `${panel}:${number}`;
}

export function formatPanelId(panel: string): string {
  return `Panel:${panel}`;
}

export function formatPlacementId(uuid: string): string {
  return `Placement:${uuid}`;
}

/** Reads an id of any type; null where it is malformed. */
export function parseNodeId(id: string): NodeRef | null {
  const first = id.indexOf(':');
  const type = id.slice(0, first);
  const rest = id.slice(first + 1);
  switch (type) {
    case 'Panel':
      return PANEL.test(rest) ? { type, panel: rest } : null;
    case 'Placement':
      return UUID.test(rest) ? { type, uuid: rest.toLowerCase() } : null;
    case 'Service':
    case 'Order':
    case 'Refill': {
      const second = rest.indexOf(':');
      const panel = rest.slice(0, second);
      const number = rest.slice(second + 1);
      return second > 0 && PANEL.test(panel) && NUMBER.test(number) ? { type, panel, number } : null;
    }
    default:
      return null;
  }
}

/** Reads an id that must be of one type. Returns an INVALID_INPUT error that names `path` where it is not. */
export function readNodeRef<T extends NodeType>(
  type: T,
  id: string,
  path: readonly string[],
): Extract<NodeRef, { type: T }> | CallerError {
  const ref = parseNodeId(id);
  if (ref?.type === type) return ref as Extract<NodeRef, { type: T }>;
  const message = `Not the id of ${type === 'Order' ? 'an' : 'a'} ${type}, such as ${EXAMPLES[type]}.`;
  return new CallerError('INVALID_INPUT', `${path.join('.')}: ${message}`, [{ path, message }]);
}

/**
 * As `readNodeRef`, but throws the error.
 * @throws CallerError INVALID_INPUT naming `path`, before anything has reached a panel
 */
export function getNodeRef<T extends NodeType>(
  type: T,
  id: string,
  path: readonly string[],
): Extract<NodeRef, { type: T }> {
  const ref = readNodeRef(type, id, path);
  if (ref instanceof CallerError) throw ref;
  return ref;
}

const EXAMPLES: Record<NodeType, string> = {
  Panel: '`Panel:acme`',
  Placement: '`Placement:<uuid>`',
  Service: '`Service:acme:1448`',
  Order: '`Order:acme:23501`',
  Refill: '`Refill:acme:1`',
};
