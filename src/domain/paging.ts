/** Relay paging over an array (the GraphQL Cursor Connections Specification). */
import { CallerError, type InputIssue } from './errors.ts';

/** The paging arguments of a GraphQL field. Null counts as absent. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface PageLimits {
  /** The size of a page where neither `first` nor `last` is given. Default 50. */
  readonly defaultSize?: number;
  /** The largest size that may be requested. Default 5000. */
  readonly maxSize?: number;
  /** Whether a text can be the id in a cursor of this list. Default: any. */
  readonly isId?: (id: string) => boolean;
}

/** The checked arguments of a page. */
export interface PageRequest {
  readonly from: 'start' | 'end';
  readonly size: number;
  readonly after: CursorPlace | null;
  readonly before: CursorPlace | null;
}

/** The content of a cursor: the id of its item, and the position that the item had. */
export interface CursorPlace {
  readonly id: string;
  readonly position: number;
}

/** What pages are cut out of: an array, or anything like it. */
export interface PagedItems<T> {
  readonly length: number;
  slice(start: number, end: number): T[];
  /** Where the item of a cursor is now; -1 where it has gone. By default the items are searched for its id. */
  positionOf?(place: CursorPlace): number;
}

export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Page<T> {
  readonly nodes: readonly T[];
  /** The nodes with their cursors. */
  readonly edges: () => readonly Edge<T>[];
  readonly pageInfo: PageInfo;
  /** The number of all items, not only those of the page. */
  readonly totalCount: number;
}

const DEFAULT_SIZE = 50;
const MAX_SIZE = 5_000;
/** Every cursor of the gateway is shorter. A longer text is not worth decoding. */
const MAX_CURSOR_LENGTH = 1_024;

/**
 * Checks the arguments of a page. Without `first` and `last` a page goes forward, unless only `before` is given; then it
 * goes backward.
 * @throws CallerError INVALID_INPUT that names every problem with its path
 */
export function readPageArguments(
  { first, after, last, before }: PageArguments,
  { defaultSize = DEFAULT_SIZE, maxSize = MAX_SIZE, isId = () => true }: PageLimits = {},
): PageRequest {
  const issues: InputIssue[] = [];
  const checkSize = (name: string, size: number | null | undefined): void => {
    if (!isGiven(size)) return;
    if (!Number.isInteger(size) || size < 0) issues.push({ path: [name], message: 'Must be 0 or more.' });
    else if (size > maxSize) issues.push({ path: [name], message: `Must be ${maxSize} or less.` });
  };
  const readCursor = (name: string, cursor: string | null | undefined): CursorPlace | null => {
    if (!isGiven(cursor)) return null;
    const place = decodeCursor(cursor);
    if (place && isId(place.id)) return place;
    issues.push({ path: [name], message: 'Not a cursor of this list.' });
    return null;
  };
  checkSize('first', first);
  checkSize('last', last);
  if (isGiven(first) && isGiven(last)) {
    issues.push({ path: ['last'], message: 'Cannot be given together with `first`.' });
  }
  const request: PageRequest = {
    from: isGiven(last) || (!isGiven(first) && isGiven(before) && !isGiven(after)) ? 'end' : 'start',
    size: first ?? last ?? defaultSize,
    after: readCursor('after', after),
    before: readCursor('before', before),
  };
  if (issues.length > 0) {
    const message = issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' ');
    throw new CallerError('INVALID_INPUT', message, issues);
  }
  return request;
}

/** The most items that a page with these arguments holds. The arguments need not be valid. */
export function readPageSize({ first, last }: Pick<PageArguments, 'first' | 'last'>): number {
  return Math.min(MAX_SIZE, Math.max(0, first ?? last ?? DEFAULT_SIZE));
}

/**
 * Cuts a page out of all items. A cursor whose item has gone keeps the item's position: the page goes on with the items
 * that have moved up.
 */
export function pageOf<T>(
  items: PagedItems<T> | readonly T[],
  request: PageRequest,
  idOf: (item: T) => string,
): Page<T> {
  const { after, before, from, size } = request;
  const positionOf = (place: CursorPlace): number =>
    'positionOf' in items && items.positionOf
      ? items.positionOf(place)
      : findPosition(items.slice(0, items.length), place, idOf);
  let start = 0;
  let end = items.length;
  if (after) {
    const at = positionOf(after);
    start = at === -1 ? Math.min(after.position, items.length) : at + 1;
  }
  if (before) {
    const at = positionOf(before);
    end = Math.max(start, at === -1 ? Math.min(before.position, items.length) : at);
  }
  if (from === 'start') end = Math.min(end, start + size);
  else start = Math.max(start, end - size);

  const nodes = items.slice(start, end);
  const edgeAt = (node: T, offset: number): Edge<T> => ({
    cursor: encodeCursor({ id: idOf(node), position: start + offset }),
    node,
  });
  const info = { hasNextPage: end < items.length, hasPreviousPage: start > 0 };
  return { ...createPage(nodes, edgeAt, info), totalCount: items.length };
}

/** Creates a page. Its cursors are created only when they are read, since in a large page they cost more than the items. */
export function createPage<T>(
  nodes: readonly T[],
  edgeAt: (node: T, offset: number) => Edge<T>,
  info: Pick<PageInfo, 'hasNextPage' | 'hasPreviousPage'>,
): Omit<Page<T>, 'totalCount'> {
  const cursorAt = (offset: number): string | null => {
    const node = nodes[offset];
    return node === undefined ? null : edgeAt(node, offset).cursor;
  };
  return {
    nodes,
    edges: () => nodes.map(edgeAt),
    pageInfo: { ...info, startCursor: cursorAt(0), endCursor: cursorAt(nodes.length - 1) },
  };
}

export function encodeCursor({ id, position }: CursorPlace): string {
  return Buffer.from(`${position}:${id}`).toString('base64url');
}

/** Null where the text is no cursor. */
export function decodeCursor(cursor: string): CursorPlace | null {
  if (cursor.length > MAX_CURSOR_LENGTH) return null;
  const bytes = Buffer.from(cursor, 'base64url');
  // Fifteen digits hold an instant in ms, and are exact as a number.
  const match = /^(0|[1-9]\d{0,14}):(.+)$/su.exec(bytes.toString());
  if (!match) return null;
  const place = { position: Number(match[1]), id: match[2] ?? '' };
  // Buffer skips characters that are not base64url or UTF-8. Only a text that encodeCursor would write is a cursor.
  return encodeCursor(place) === cursor ? place : null;
}

/** Searches outwards from the item's old position, where the item still is if the list has hardly changed. */
function findPosition<T>(items: readonly T[], { id, position }: CursorPlace, idOf: (item: T) => string): number {
  const isAt = (at: number): boolean => {
    const item = items[at];
    return item !== undefined && idOf(item) === id;
  };
  // A client's position may be far beyond the list. The search must not take longer than the list is long.
  const origin = Math.min(position, items.length);
  for (let distance = 0; distance <= items.length; distance += 1) {
    if (isAt(origin + distance)) return origin + distance;
    if (isAt(origin - distance)) return origin - distance;
  }
  return -1;
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}
