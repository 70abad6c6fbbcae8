/**
 * Runs queries that come again as compiled code: graphql-jit is some five times as fast as graphql-js, and eight times
 * for a long answer (docs/decisions/0010-compiled-operations.md). A mutation that comes again is run by graphql-js, past
 * Yoga, whose way around an operation takes longer than the operation. Only requests that are right in themselves are
 * answered here.
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
import type { CompileOptions, KnownOperation } from './compile-operation.ts';
import { createOperationFinder } from './operation-finder.ts';

export interface CompiledOperationsOptions extends CompileOptions {
  /** Makes of an error what a client may see of it. */
  readonly format: (error: unknown) => GraphQLError;
  readonly largeAnswers: LargeAnswers;
  /** The longest answer of a query, in bytes. */
  readonly answerBytes: number;
  /** Called before a mutation runs, with its response. If it throws, nothing has run. */
  readonly onMutation: (response: ServerResponse) => void;
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
  const { largeAnswers, onMutation } = options;

  return {
    async answer({ body, response, createContext }) {
      const read = readRequest(body);
      const operation = read && find(read.query, read.operationName);
      if (!operation || !areSoundVariables(read!.variables) || !operation.accepts(read!.variables)) return null;
      const { variables } = read!;
      const { isMutation } = operation;
      const weight = weighOrNull(operation, variables);
      const large = weight && !isMutation && LargeAnswers.isLarge(weight) ? largeAnswers.beginNow(weight) : undefined;
      // Yoga refuses what weighs too much, and waits until there is room for a large answer.
      if (!weight || large === null) return null;
      if (large) endWith(response, large);
      const context = await contextOrNull(createContext);
      if (!context) return null;
      const { rows } = context;
      if (weight.values > VALUES_WITHOUT_A_TURN && turns.isOver()) await turns.take();
      if (isMutation && !mayRun(() => onMutation(response))) return null;
      if (!isMutation && weight.values <= VALUES_IN_ONE_GO) rows?.handOutWhole();
      if (!isMutation) rows?.mayGiveUp();
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
function weighOrNull(operation: KnownOperation, variables: Variables): Weight | null {
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

/** False where it may not: Yoga asks again, and formats the error. */
function mayRun(assertMayRun: () => void): boolean {
  try {
    assertMayRun();
    return true;
  } catch {
    return false;
  }
}

interface Run {
  readonly operation: KnownOperation;
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
  const { isMutation } = run.operation;
  const answer = await finishAnswer(await settle(executed, run), { weight, isMutation, rows, answerBytes });
  if (answer.kind === 'long') large?.resize(lengthOf(answer.data));
  return sentAnswer(answer, (error) => format(locate(error)));
}

/** The result with its errors as graphql-js has them. */
async function settle(executed: ExecutionResult, { operation, context, variables }: Run): Promise<ExecutionResult> {
  if (executed.errors === undefined || operation.isMutation || context.rows?.excess) return executed;
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

/** Errors of graphql-jit are of a class of their own, with lines and columns in place of nodes; others stay as they are. */
function locate(thrown: unknown): unknown {
  const { message, locations, path, originalError, nodes } = thrown as GraphQLError;
  if (nodes) return thrown;
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
