/**
 * Runs queries that come again as compiled code: graphql-jit is some five times as fast as graphql-js, and eight times
 * for a long answer (docs/decisions/0010-compiled-operations.md). Only requests that are right in themselves are
 * answered here. Mutations are run by graphql-js (../execution/known-mutations.ts); Yoga answers all others.
 */
import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { turns } from '../../../domain/time/turn-taking.ts';
import type { AnswerContext } from '../answers/bounded-answers.ts';
import { finishAnswer, isShortAnswer, lengthOf } from '../answers/finish-answer.ts';
import { endWith, type LargeAnswer, LargeAnswers } from '../answers/large-answers.ts';
import { type SentAnswer, sentAnswer } from '../answers/sent-answer.ts';
import { orderErrors } from '../execution/order-errors.ts';
import { areSoundVariables, type Variables } from '../execution/sound-variables.ts';
import type { GraphqlBody } from '../graphql-request.ts';
import { VALUES_WITHOUT_A_TURN, type Weight } from '../weight/weigh-operation.ts';
import type { CompiledOperation, CompileOptions } from './compile-operation.ts';
import { createOperationFinder } from './operation-finder.ts';

export interface CompiledOperationsOptions extends CompileOptions {
  /** Makes of an error what a client may see of it. */
  readonly format: (error: unknown) => GraphQLError;
  readonly largeAnswers: LargeAnswers;
  /** The longest answer, in bytes. */
  readonly answerBytes: number;
}

export interface CompiledRequest {
  readonly body: GraphqlBody;
  /** The response that will carry the answer. */
  readonly response: ServerResponse;
  readonly createContext: () => object | Promise<object>;
}

export interface CompiledOperations {
  /** Null where Yoga has to answer. */
  answer(request: CompiledRequest): Promise<SentAnswer | null>;
}

export function createCompiledOperations(options: CompiledOperationsOptions): CompiledOperations {
  // V8 would keep the code of every operation by its text, long after it is let go here.
  setFlagsFromString('--no-compilation-cache');
  const find = createOperationFinder(options);
  const { largeAnswers } = options;

  return {
    async answer({ body, response, createContext }) {
      const read = readRequest(body);
      const operation = read && find(read.query, read.operationName);
      if (!operation || !areSoundVariables(read!.variables) || !operation.accepts(read!.variables)) return null;
      const { variables } = read!;
      const weight = weighOrNull(operation, variables);
      const large = weight && LargeAnswers.isLarge(weight) ? largeAnswers.beginNow(weight) : undefined;
      // Yoga refuses what weighs too much, and waits until there is room for a large answer.
      if (!weight || large === null) return null;
      if (large) endWith(response, large);
      const context = await contextOrNull(createContext);
      if (!context) return null;
      const { rows } = context;
      if (weight.values > VALUES_WITHOUT_A_TURN && turns.isOver()) await turns.take();
      if (weight.values <= VALUES_IN_ONE_GO) rows?.handOutWhole();
      rows?.mayGiveUp();
      const running = operation.run(context, variables);
      const executed = running instanceof Promise ? await running : running;
      // No data means that the variables were wrong and nothing has run.
      if (executed.data === undefined) return null;
      // Nearly always.
      if (executed.errors === undefined && isShortAnswer(weight, rows)) {
        return { status: 200, body: JSON.stringify(executed) };
      }
      return finish(executed, { operation, context, variables, weight, large }, options);
    },
  };
}

/** Null where Yoga has to tell the client why the operation cannot run. */
function weighOrNull(operation: CompiledOperation, variables: Variables): Weight | null {
  try {
    return operation.weigh(variables);
  } catch {
    return null;
  }
}

/** Null where it cannot be made: Yoga tries again, and formats the error. */
function contextOrNull(create: CompiledRequest['createContext']): Promise<AnswerContext | null> | AnswerContext | null {
  try {
    const made = create();
    return made instanceof Promise ? made.catch(() => null) : made;
  } catch {
    return null;
  }
}

interface Run {
  readonly operation: CompiledOperation;
  readonly context: AnswerContext;
  readonly variables: Variables;
  readonly weight: Weight;
  readonly large: LargeAnswer | undefined;
}

/** graphql-jit completes so many values within a few milliseconds. */
const VALUES_IN_ONE_GO = 100_000;

/** An answer with errors, or one that may be long. */
async function finish(
  executed: ExecutionResult,
  run: Run,
  { format, answerBytes }: CompiledOperationsOptions,
): Promise<SentAnswer> {
  const { weight, large } = run;
  const { rows } = run.context;
  const answer = await finishAnswer(await settle(executed, run), { weight, isMutation: false, rows, answerBytes });
  if (answer.kind === 'long') large?.resize(lengthOf(answer.data));
  return sentAnswer(answer, (error) => format(locate(error)));
}

/** The result with its errors as graphql-js has them. */
async function settle(executed: ExecutionResult, { operation, context, variables }: Run): Promise<ExecutionResult> {
  if (executed.errors === undefined || context.rows?.excess) return executed;
  if (isWhole(executed)) return { errors: orderErrors(executed.errors), data: executed.data };
  context.rows?.restart();
  return operation.runPlainly(context, variables);
}

/**
 * Whether each error has its null in its own place. Where an error makes its parent null too, graphql-js reports only the
 * first, and graphql-jit all of them.
 */
function isWhole({ errors = [], data }: ExecutionResult): boolean {
  return errors.every(({ path = [] }) => {
    let parent: unknown = data;
    for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, unknown> | null)?.[step];
    return parent != null;
  });
}

/** graphql-jit has a class of errors of its own, which has lines and columns in place of nodes. */
function locate(thrown: unknown): unknown {
  const { message, locations, path, originalError } = thrown as GraphQLError;
  const error = createGraphQLError(message, { path, originalError });
  Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
  return error;
}

interface QueryRequest {
  readonly query: string;
  readonly variables: Variables;
  readonly operationName: string | undefined;
}

/** Null for a body with a mistake, which Yoga tells the client. */
function readRequest({ query, variables, operationName }: GraphqlBody): QueryRequest | null {
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
  return { query, variables: (variables ?? {}) as Variables, operationName: operationName ?? undefined };
}
