/**
 * Reads a long list of services from its text: finds the entries first, and parses one at a time. It reads the same
 * answers as service-entries.ts.
 */
import { MOST_SERVICES } from '../../../domain/service.ts';
import type { WireValue } from '../../dialect.ts';
import { DeepJsonError, parseWholeJson } from '../../json/exact-json.ts';
import { findParts, isListAt, isRecordAt, type JsonParts, TooManyPartsError } from '../../json/json-parts.ts';
import { UnreadableAnswerError } from '../../unreadable-answer.ts';
import { isRecord } from './reading/envelope.ts';
import { ENVELOPE_MEMBERS, isWordForNone, LIST_WRAPPERS, MAX_WRAPPERS, type ServiceEntry } from './service-entries.ts';

/** A longer entry is skipped. In characters. */
const MAX_ENTRY_LENGTH = 65_536;
/** How much of what stands beside the entries is kept: panels say it in few members. */
const MAX_DIGEST_LISTS = 50;
const MAX_DIGEST_TEXTS = 1_000;

export interface ServicesOutline {
  /** The answer with most of its entries left out, but with what it says beside them. */
  readonly digest: WireValue;
  /** Null where the answer is no list. Each entry is parsed when it is reached; one that is too long has the value null. */
  readonly entries: Iterable<ServiceEntry> | null;
}

/**
 * @throws SyntaxError where the text is no whole JSON
 * @throws UnreadableAnswerError where a list in it has more than MOST_SERVICES entries
 */
export function outlineServices(text: string): ServicesOutline {
  if (!isListAt(text, 0) && !isRecordAt(text, 0)) return { digest: parseWholeJson(text), entries: null };
  const { end, ...outline } = outlineAt(text, 0, MAX_WRAPPERS);
  if (end !== text.length) throw new SyntaxError('Something stands behind the JSON.');
  return outline;
}

function outlineAt(text: string, start: number, depth: number): ServicesOutline & { readonly end: number } {
  const parts = partsAt(text, start);
  const { end } = parts;
  if (!parts.names) return { ...outlineOfList(text, parts), end };
  const places = placesByName(parts.names);
  const wrapper = depth > 0 ? LIST_WRAPPERS.find((name) => places[name] !== undefined) : undefined;
  if (wrapper === undefined) return { ...outlineOfMap(text, parts, places), end };
  const inner = outlineOfWrapped(text, parts, { place: places[wrapper] ?? 0, depth: depth - 1 });
  return { digest: { ...digestOfRecord(text, parts, places), [wrapper]: inner.digest }, entries: inner.entries, end };
}

function partsAt(text: string, start: number): JsonParts {
  try {
    return findParts(text, start, MOST_SERVICES);
  } catch (error) {
    if (!(error instanceof TooManyPartsError)) throw error;
    throw new UnreadableAnswerError(`it has more than ${MOST_SERVICES} entries, the most that are read`);
  }
}

/** As JSON.parse has it, the last of equal names counts, and names that are whole numbers come first, in their order. */
function placesByName(names: readonly string[]): Readonly<Record<string, number>> {
  const places: Record<string, number> = Object.create(null);
  for (const [place, name] of names.entries()) places[name] = place;
  return places;
}

function outlineOfList(text: string, parts: JsonParts): ServicesOutline {
  const { starts } = parts;
  // Two elements tell as much as all: only a list of one may be an error.
  const digest = starts.slice(0, 2).map((_, place) => valueAt(text, parts, place));
  const isOfEntries = starts.length === 0 || starts.some((start) => isRecordAt(text, start));
  const entries = starts.keys().map((place) => ({ key: null, value: valueAt(text, parts, place) }));
  return { digest, entries: isOfEntries ? entries : null };
}

interface Wrapped {
  readonly place: number;
  readonly depth: number;
}

function outlineOfWrapped(text: string, parts: JsonParts, { place, depth }: Wrapped): ServicesOutline {
  const start = parts.starts[place] ?? 0;
  if (isListAt(text, start)) return outlineAt(text, start, depth);
  if (isRecordAt(text, start)) {
    return partsAt(text, start).starts.length === 0 ? { digest: {}, entries: [] } : outlineAt(text, start, depth);
  }
  const digest = valueAt(text, parts, place);
  return { digest, entries: typeof digest === 'string' && isWordForNone(digest) ? [] : null };
}

function outlineOfMap(text: string, parts: JsonParts, places: Readonly<Record<string, number>>): ServicesOutline {
  const members = Object.entries(places).filter(
    ([name, place]) => isRecordAt(text, parts.starts[place] ?? 0) || !ENVELOPE_MEMBERS.has(name),
  );
  const isOfServices = members.some(([, place]) => {
    const value = isRecordAt(text, parts.starts[place] ?? 0) ? valueAt(text, parts, place) : null;
    return isRecord(value) && Object.hasOwn(value, 'rate');
  });
  const entries = members.values().map(([key, place]) => ({ key, value: valueAt(text, parts, place) }));
  return { digest: digestOfRecord(text, parts, places), entries: isOfServices ? entries : null };
}

/** The texts of a record, and the first of its lists and records. */
function digestOfRecord(text: string, parts: JsonParts, places: Readonly<Record<string, number>>): WireValue & object {
  const digest: Record<string, WireValue> = Object.create(null);
  let [lists, texts] = [0, 0];
  for (const [name, place] of Object.entries(places)) {
    const start = parts.starts[place] ?? 0;
    const isNested = isListAt(text, start) || isRecordAt(text, start);
    if (isNested) lists += 1;
    else texts += 1;
    if (isNested ? lists <= MAX_DIGEST_LISTS : texts <= MAX_DIGEST_TEXTS) digest[name] = valueAt(text, parts, place);
  }
  return digest;
}

/** Null for what is too long or too deep to be of use. @throws SyntaxError where it is no JSON */
function valueAt(text: string, { starts, ends }: JsonParts, place: number): WireValue {
  const [start = 0, end = 0] = [starts[place], ends[place]];
  if (end - start > MAX_ENTRY_LENGTH) return null;
  try {
    return parseWholeJson(text.slice(start, end));
  } catch (error) {
    if (error instanceof DeepJsonError) return null;
    throw error;
  }
}
