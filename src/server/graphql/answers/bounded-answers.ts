/**
 * Bounds what an operation costs on its way through Yoga: it is weighed before it runs, a large answer waits until there
 * is room for it, and an answer that becomes too large while it is made is given up.
 */
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { type ExecutionResult, getOperationAST, OperationTypeNode } from 'graphql';
import { createGraphQLError, isAsyncIterable } from 'graphql-yoga';
import { turns } from '../../../domain/time/turn-taking.ts';
import type { RequestContext } from '../../../schema/context.ts';
import type { OperationScale } from '../weight/operation-scale.ts';
import { VALUES_WITHOUT_A_TURN } from '../weight/weigh-operation.ts';
import type { ServerContext, ServerPlugin } from '../yoga-plugins.ts';
import { assemble, finishAnswer, lengthOf } from './finish-answer.ts';
import { endWith, LargeAnswers } from './large-answers.ts';

export interface BoundedAnswersOptions {
  readonly scale: OperationScale;
  readonly largeAnswers: LargeAnswers;
  /** The longest answer of a query, in bytes. */
  readonly answerBytes: number;
}

/** What a request's context holds for its answer. */
export type AnswerContext = Partial<Pick<RequestContext, 'rows'>>;

/** graphql-js completes so many values within a few milliseconds. */
const VALUES_IN_ONE_GO = 1_000;

export function useBoundedAnswers({ scale, largeAnswers, answerBytes }: BoundedAnswersOptions): ServerPlugin {
  const written = new WeakMap<ServerResponse, readonly Buffer[]>();
  return {
    async onExecute({ args: { document, operationName, variableValues: variables, contextValue } }) {
      const weight = scale.check({ document, operationName, variables });
      if (weight === null) return undefined;
      const { res, rows } = contextValue as unknown as ServerContext & AnswerContext;
      const isMutation = getOperationAST(document, operationName)?.operation === OperationTypeNode.MUTATION;
      if (weight.values > VALUES_WITHOUT_A_TURN && turns.isOver()) await turns.take();
      if (weight.values <= VALUES_IN_ONE_GO) rows?.handOutWhole();
      if (!isMutation) rows?.mayGiveUp();
      const large = !isMutation && LargeAnswers.isLarge(weight) ? await largeAnswers.begin(weight) : null;
      if (large) endWith(res, large);
      return {
        async onExecuteDone({ result, setResult }) {
          if (isAsyncIterable(result)) return;
          const answer = await finishAnswer(result as ExecutionResult, { weight, isMutation, rows, answerBytes });
          switch (answer.kind) {
            case 'short':
              return setResult(answer.result);
            case 'given-up':
              return setResult({ errors: [createGraphQLError(answer.error.message, { originalError: answer.error })] });
            case 'long': {
              large?.resize(lengthOf(answer.data));
              // Yoga calls this with the errors as the client may see them. The text is sent by onResponse.
              const stringify = (shown: ExecutionResult): string => {
                written.set(res, assemble(shown, answer.data));
                return '';
              };
              return setResult({ ...answer.result, stringify } as ExecutionResult);
            }
          }
        },
      };
    },
    onSubscribe({ args: { document, operationName, variableValues: variables } }) {
      scale.check({ document, operationName, variables });
    },
    onResponse({ response, serverContext, setResponse, fetchAPI }) {
      const pieces = written.get((serverContext as unknown as ServerContext).res);
      if (pieces) setResponse(new fetchAPI.Response(streamOf(pieces), headOf(response, pieces)));
    },
  };
}

const streamOf = (pieces: readonly Buffer[]) => Readable.from(pieces, { objectMode: false }) as never;

/** Yoga's status and type for an answer whose text it has not got. */
function headOf({ status, headers }: Response, pieces: readonly Buffer[]): ResponseInit {
  return {
    status,
    headers: {
      'Content-Type': headers.get('content-type') ?? 'application/json; charset=utf-8',
      'Content-Length': String(lengthOf(pieces)),
    },
  };
}
