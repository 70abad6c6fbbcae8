/** Writes a large value as JSON in pieces, and gives the event loop its turns in between. */
import { turns as processTurns, type TurnTaking } from '../../../domain/time/turn-taking.ts';

/** Long enough to be cheap to send, short enough to see whether the client reads. */
const PIECE_LENGTH = 65_536;
/** Items of similar size are written so many at a time. */
const EVEN_ITEMS = 100;
/** A value with no more parts than this, and no more text, is written in one go. */
const SMALL_PARTS = 200;
const SMALL_LENGTH = 50_000;

export class AnswerTooLargeError extends Error {}

export interface WriteJsonOptions {
  readonly maxBytes: number;
  /** Whether the items of each list are of similar size: see `Weight.isEven`. */
  readonly isEven?: boolean;
  readonly turns?: TurnTaking;
}

/**
 * The pieces of the JSON text, in UTF-8; the same text as that of JSON.stringify.
 * @throws AnswerTooLargeError where it would be longer than `maxBytes`
 */
export async function writeJson(
  value: unknown,
  { maxBytes, isEven = false, turns = processTurns }: WriteJsonOptions,
): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  let text = '';
  let bytes = 0;
  const cut = (): void => {
    const piece = Buffer.from(text);
    bytes += piece.length;
    if (bytes > maxBytes) throw new AnswerTooLargeError(`The answer is longer than ${maxBytes} bytes.`);
    pieces.push(piece);
    text = '';
  };
  for (const token of tokensWithin(maxBytes, value, isEven)) {
    text += token;
    if (text.length < PIECE_LENGTH) continue;
    cut();
    if (turns.isOver()) await turns.take();
  }
  cut();
  return pieces;
}

/** A value may be longer than any text can be. */
function* tokensWithin(maxBytes: number, value: unknown, isEven: boolean): Generator<string> {
  try {
    yield* tokensOf(value, isEven);
  } catch (error) {
    if (error instanceof RangeError) throw new AnswerTooLargeError(`The answer is longer than ${maxBytes} bytes.`);
    throw error;
  }
}

function* tokensOf(value: unknown, isEven: boolean): Generator<string> {
  if (isSmall(value)) yield JSON.stringify(value) ?? 'null';
  else if (!Array.isArray(value)) yield* tokensOfObject(value as object, isEven);
  else if (isEven) yield* tokensOfEvenList(value);
  else yield* tokensOfList(value);
}

/** Does not measure each item first, which takes as long as writing it. */
function* tokensOfEvenList(list: readonly unknown[]): Generator<string> {
  yield '[';
  for (let start = 0; start < list.length; start += EVEN_ITEMS) {
    const text = JSON.stringify(list.slice(start, start + EVEN_ITEMS)).slice(1, -1);
    yield start > 0 ? `,${text}` : text;
  }
  yield ']';
}

function* tokensOfList(list: readonly unknown[]): Generator<string> {
  yield '[';
  for (const [index, item] of list.entries()) {
    if (index > 0) yield ',';
    yield* tokensOf(item, false);
  }
  yield ']';
}

function* tokensOfObject(object: object, isEven: boolean): Generator<string> {
  yield '{';
  let separator = '';
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    yield* tokensOf(value, isEven);
    separator = ',';
  }
  yield '}';
}

/** Whether a value is written in one go: it is small, has no parts, or says itself how it is written. */
function isSmall(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return true;
  return new SizeOf().isSmall(value);
}

/** Counts the parts of a value until they are many. */
class SizeOf {
  #parts = 0;
  #length = 0;

  isSmall(value: unknown): boolean {
    this.#parts += 1;
    if (typeof value === 'string') this.#length += value.length;
    if (this.#parts > SMALL_PARTS || this.#length > SMALL_LENGTH) return false;
    if (typeof value !== 'object' || value === null) return true;
    for (const key in value) if (!this.isSmall((value as Record<string, unknown>)[key])) return false;
    return true;
  }
}
