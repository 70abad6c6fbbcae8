/**
 * Bounds what an operation costs on its way through Yoga: it is weighed before it runs, a large answer waits for its
 * turn, and an answer that becomes too large while it is made is given up.
 */

import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql';
import { createGraphQLError, isAsyncIterable } from 'graphql-yoga';
import { CallerError } from '../../../domain/errors.ts';
import type { RequestContext } from '../../../schema/context.ts';
import type { OperationScale } from '../limits/operation-scale.ts';
import type { Weight } from '../limits/weigh-operation.ts';
import type { ServerContext, ServerPlugin } from '../yoga-plugins.ts';
import { fewErrors } from './few-errors.ts';
import { type LargeAnswer, LargeAnswers } from './large-answers.ts';
import { AnswerTooLargeError, writeJson } from './write-json.ts';

export interface BoundedAnswersOptions {
  readonly scale: OperationScale;
  readonly largeAnswers: LargeAnswers;
  /** The longest answer of a query. That of a mutation tells what was done, and is never given up. */
  readonly answerBytes: number;
}

/** Answers up to here are written in one go. */
const SHORT_BYTES = 20_000;
const FEW_ROWS = 100;
/** So many are completed within a few milliseconds. */
const FEW_VALUES = 5_000;

type Context = ServerContext & Partial<Pick<RequestContext, 'rows'>>;

export function useBoundedAnswers({ scale, largeAnswers, answerBytes }: BoundedAnswersOptions): ServerPlugin {
  const written = new WeakMap<ServerResponse, readonly Buffer[]>();

  async function finish(
    executed: ExecutionResult,
    { context, weight, isMutation, large }: Executed,
  ): Promise<ExecutionResult> {
    const { res, rows } = context;
    if (rows?.excess && !isMutation) return failed(rows.excess);
    const result = executed.errors ? { ...executed, errors: fewErrors(executed.errors) } : executed;
    const isShort = weight.answerBytes <= SHORT_BYTES && (rows?.total ?? 0) <= FEW_ROWS;
    if (isShort || !result.data) return result;
    try {
      const data = await writeJson(result.data, {
        maxBytes: isMutation ? Number.POSITIVE_INFINITY : answerBytes,
        isEven: weight.isEven,
      });
      large?.resize(lengthOf(data));
      // Yoga calls it with the errors as the client may see them; the text is taken up again in onResponse.
      const stringify = (shown: ExecutionResult): string => {
        written.set(res, assemble(shown, data));
        return '';
      };
      return { ...result, stringify } as ExecutionResult;
    } catch (error) {
      if (error instanceof AnswerTooLargeError) return failed(tooLarge(answerBytes));
      throw error;
    }
  }

  return {
    async onExecute({ args }) {
      const { document, operationName, variableValues: variables } = args;
      const context = args.contextValue as unknown as Context;
      const weight = scale.check({ document, operationName, variables });
      const isMutation = getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
      if (weight && weight.values <= FEW_VALUES) context.rows?.expectShort();
      const isLarge = weight !== null && !isMutation && LargeAnswers.isLarge(weight);
      const large = isLarge ? await largeAnswers.begin(weight) : null;
      if (large) {
        context.res.once('close', large.end);
        if (context.res.closed) large.end();
      }
      return {
        async onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result) || weight === null) return;
          const finished = await finish(result as ExecutionResult, { context, weight, isMutation, large });
          if (finished !== result) setResult(finished);
        },
      };
    },
    onSubscribe({ args: { document, operationName, variableValues: variables } }) {
      scale.check({ document, operationName, variables });
    },
    onResponse({ response, serverContext, setResponse, fetchAPI }) {
      const { res } = serverContext as unknown as ServerContext;
      const pieces = written.get(res);
      if (!pieces) return;
      const { status } = response;
      const headers = {
        'Content-Type': response.headers.get('content-type') ?? 'application/json; charset=utf-8',
        'Content-Length': String(lengthOf(pieces)),
      };
      setResponse(new fetchAPI.Response(Readable.from(pieces, { objectMode: false }) as never, { status, headers }));
    },
  };
}

interface Executed {
  readonly context: Context;
  readonly weight: Weight;
  readonly isMutation: boolean;
  readonly large: LargeAnswer | null;
}

function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** The text of a result around the text of its data. */
export function assemble({ data: _, ...rest }: ExecutionResult, data: readonly Buffer[]): Buffer[] {
  const others = JSON.stringify(rest).slice(1, -1);
  return [Buffer.from(others === '' ? '{"data":' : `{${others},"data":`), ...data, Buffer.from('}')];
}

const failed = (error: CallerError): ExecutionResult => ({
  errors: [createGraphQLError(error.message, { originalError: error })],
});

function tooLarge(answerBytes: number): CallerError {
  const message = `The answer is longer than ${answerBytes} bytes (limits.answerBytes). Ask for smaller pages or fewer fields.`;
  return new CallerError('INVALID_INPUT', message);
}
