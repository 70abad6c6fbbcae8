/**
 * Many values as one block of memory, which is moved from thread to thread without a copy. It holds JSON in pieces, each
 * of which is read in a millisecond or two.
 */
import { turns } from '../../domain/time/turn-taking.ts';

export interface Packed {
  readonly bytes: ArrayBuffer;
  /** Where each piece ends; each is the JSON of an array. */
  readonly ends: readonly number[];
}

const PIECE_VALUES = 500;
/** In characters. One value may make a piece longer. */
const PIECE_LENGTH = 131_072;

/** Packs all values in one go. */
export function pack(values: Iterable<unknown>): Packed {
  return joined([...piecesOf(values)]);
}

/** Packs what `make` makes of each value, in turns of the loop. */
export async function packInTurns<T>(values: Iterable<T>, make: (value: T) => unknown): Promise<Packed> {
  const pieces: Buffer[] = [];
  for (const piece of piecesOf(Iterator.from(values).map(make))) {
    pieces.push(piece);
    await turns.take();
  }
  return joined(pieces);
}

/** The values, in turns of the loop. */
export async function unpack<T>({ bytes, ends }: Packed): Promise<T[]> {
  const all = Buffer.from(bytes);
  const values: T[] = [];
  let start = 0;
  for (const end of ends) {
    await turns.take();
    for (const value of JSON.parse(all.toString('utf8', start, end)) as T[]) values.push(value);
    start = end;
  }
  return values;
}

function* piecesOf(values: Iterable<unknown>): Generator<Buffer> {
  let texts: string[] = [];
  let length = 0;
  for (const value of values) {
    const text = JSON.stringify(value);
    texts.push(text);
    length += text.length;
    if (texts.length < PIECE_VALUES && length < PIECE_LENGTH) continue;
    yield Buffer.from(`[${texts.join(',')}]`);
    texts = [];
    length = 0;
  }
  if (texts.length > 0) yield Buffer.from(`[${texts.join(',')}]`);
}

function joined(pieces: readonly Buffer[]): Packed {
  const size = pieces.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(size);
  const ends: number[] = [];
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
    ends.push(at);
  }
  return { bytes: bytes.buffer, ends };
}
