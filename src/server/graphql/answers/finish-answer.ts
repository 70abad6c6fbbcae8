/** Decides how an executed operation is answered: in one go, in pieces, or not at all. */
import type { ExecutionResult } from 'graphql';
import { CallerError } from '../../../domain/errors.ts';
import type { AnswerRows } from '../../../schema/values/answer-rows.ts';
import type { Weight } from '../weight/weigh-operation.ts';
import { fewErrors } from './few-errors.ts';
import { AnswerTooLargeError, writeJson } from './write-json.ts';

export interface ExecutedOperation {
  readonly weight: Weight;
  /** The answer of a mutation says what was done, and is given up only far beyond the limit. */
  readonly isMutation: boolean;
  /** What was counted while it ran; undefined where its schema counts nothing. */
  readonly rows: AnswerRows | undefined;
  /** The longest answer of a query, in bytes. */
  readonly answerBytes: number;
}

export type FinishedAnswer =
  | { readonly kind: 'short'; readonly result: ExecutionResult }
  /** `data` is the JSON text of the result's data. */
  | { readonly kind: 'long'; readonly result: ExecutionResult; readonly data: readonly Buffer[] }
  | { readonly kind: 'given-up'; readonly error: CallerError };

/** A short answer has at most so many bytes and rows. */
const SHORT_BYTES = 20_000;
const SHORT_ROWS = 100;
/** The answer of a mutation may be so many times as long: it tells what was done. */
const MUTATION_SHARE = 4;

/** Whether an answer is short, by its weight and by what it has become: it is written in one go. */
export function isShortAnswer({ answerBytes }: Weight, rows: AnswerRows | undefined): boolean {
  if (answerBytes > SHORT_BYTES) return false;
  return rows === undefined || (rows.total <= SHORT_ROWS && rows.excess === null);
}

export async function finishAnswer(
  executed: ExecutionResult,
  { weight, isMutation, rows, answerBytes }: ExecutedOperation,
): Promise<FinishedAnswer> {
  if (rows?.excess && !isMutation) return { kind: 'given-up', error: rows.excess };
  const result = executed.errors ? { ...executed, errors: fewErrors(executed.errors) } : executed;
  if (isShortAnswer(weight, rows) || !result.data) return { kind: 'short', result };
  const maxBytes = isMutation ? MUTATION_SHARE * answerBytes : answerBytes;
  try {
    return { kind: 'long', result, data: await writeJson(result.data, { maxBytes, isEven: weight.isEven }) };
  } catch (error) {
    if (error instanceof AnswerTooLargeError) return { kind: 'given-up', error: tooLarge(maxBytes, isMutation) };
    throw error;
  }
}

/** The JSON text of a result around that of its data. */
export function assemble({ data: _, ...rest }: ExecutionResult, data: readonly Buffer[]): Buffer[] {
  const others = JSON.stringify(rest).slice(1, -1);
  return [Buffer.from(others === '' ? '{"data":' : `{${others},"data":`), ...data, Buffer.from('}')];
}

export function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function tooLarge(maxBytes: number, isMutation: boolean): CallerError {
  const remedy = isMutation
    ? 'The operation has run: `placements` tells what it has bought. Select fewer fields.'
    : 'Ask for smaller pages or fewer fields.';
  return new CallerError(
    'INVALID_INPUT',
    `The answer is longer than ${maxBytes} bytes (limits.answerBytes). ${remedy}`,
  );
}
