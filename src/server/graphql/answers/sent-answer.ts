/** An answer as it goes out without Yoga: its HTTP status and its JSON text. */
import type { GraphQLError } from 'graphql';
import { assemble, type FinishedAnswer } from './finish-answer.ts';

export interface SentAnswer {
  readonly status: number;
  /** JSON text, in pieces where it is long. */
  readonly body: string | readonly Buffer[];
}

/** `format` makes of an error what a client may see of it. */
export function sentAnswer(answer: FinishedAnswer, format: (error: unknown) => GraphQLError): SentAnswer {
  if (answer.kind === 'given-up') return { status: 400, body: JSON.stringify(givenUp(format(answer.error))) };
  const { errors, data } = answer.result;
  const shown = errors ? { errors: errors.map(format), data } : { data };
  return { status: 200, body: answer.kind === 'long' ? assemble(shown, answer.data) : JSON.stringify(shown) };
}

/** An answer that is not a result. */
function givenUp({ message, extensions: { http: _, ...extensions } }: GraphQLError) {
  return { errors: [{ message, extensions }] };
}
