/**
 * Runs queries that come again as compiled code: graphql-jit is some five times as fast as graphql-js, and eight times
 * for a large answer (docs/decisions/0010-compiled-operations.md). Only requests that are right in themselves are
 * answered here. Yoga answers all others, and every mutation and subscription.
 */

import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { turns } from '../../../domain/time/turn-taking.ts';
import type { AnswerContext } from '../answers/bounded-answers.ts';
import { assemble, finishAnswer, isShortAnswer, lengthOf } from '../answers/finish-answer.ts';
import { endWith, type LargeAnswer, LargeAnswers } from '../answers/large-answers.ts';
import { createDocumentCache } from '../document-cache.ts';
import { orderErrors } from '../execution/order-errors.ts';
import { areSoundVariables } from '../execution/sound-variables.ts';
import type { GraphqlBody } from '../graphql-request.ts';
import { MANY_VALUES, type Weight } from '../weight/weigh-operation.ts';
import { type CompiledOperation, type CompileOptions, compileOperation } from './compile-operation.ts';
import type { Variables } from './plain-variables.ts';

export interface CompiledOperationsOptions extends CompileOptions {
  /** Makes of an error what a client may see of it. */
  readonly format: (error: unknown) => GraphQLError;
  readonly largeAnswers: LargeAnswers;
  /** The longest answer. */
  readonly answerBytes: number;
}

export interface CompiledRequest {
  readonly body: GraphqlBody;
  /** The response that will carry the answer. */
  readonly response: ServerResponse;
  readonly createContext: () => object | Promise<object>;
}

export interface CompiledAnswer {
  readonly status: number;
  /** JSON text, in pieces where it is long. */
  readonly body: string | readonly Buffer[];
}

export interface CompiledOperations {
  /** Null where Yoga has to answer. */
  answer(request: CompiledRequest): Promise<CompiledAnswer | null>;
}

/** What is known of a text that is not compiled: compiling takes milliseconds, which pay off only if it comes again. */
type Note = { readonly isForGraphqlJs: boolean };
const CAME_ONCE: Note = { isForGraphqlJs: false };
const FOR_GRAPHQL_JS: Note = { isForGraphqlJs: true };

/** Texts that came once and never again: they take some two bytes a character. */
const NOTED_CHARACTERS = 1_000_000;
/** A part takes 3 to 7 KB once it has run: code, and the text of the code. Some 35 MB in all. */
const COMPILED_PARTS = 5000;
/** What an operation takes besides, however small it is. */
const PARTS_OF_ANY = 5;

export function createCompiledOperations(options: CompiledOperationsOptions): CompiledOperations {
  // V8 would keep the code of every operation by its text, long after it is let go here.
  setFlagsFromString('--no-compilation-cache');
  const find = createFinder(options);
  const { format, largeAnswers, answerBytes } = options;

  /** Null where Yoga has to tell the client why the operation cannot run. */
  function weigh(operation: CompiledOperation, variables: Variables): Weight | null {
    try {
      return operation.weigh(variables);
    } catch {
      return null;
    }
  }

  async function settle(executed: ExecutionResult, of: Run): Promise<ExecutionResult> {
    if (executed.errors === undefined || of.context.rows?.excess) return executed;
    if (isWhole(executed)) return { errors: orderErrors(executed.errors), data: executed.data };
    of.context.rows?.restart();
    return of.operation.runPlainly(of.context, of.variables);
  }

  /** An answer with errors, or one that may be long. */
  async function finish(executed: ExecutionResult, of: Run): Promise<CompiledAnswer> {
    const { weight, large } = of;
    const { rows } = of.context;
    const answer = await finishAnswer(await settle(executed, of), { weight, isMutation: false, rows, answerBytes });
    if (answer.kind === 'given-up') return { status: 400, body: JSON.stringify(givenUp(format(answer.error))) };
    const { errors, data } = answer.result;
    const shown = errors ? { errors: errors.map((error) => format(locate(error))), data } : { data };
    if (answer.kind === 'short') return { status: 200, body: JSON.stringify(shown) };
    large?.resize(lengthOf(answer.data));
    return { status: 200, body: assemble(shown, answer.data) };
  }

  return {
    async answer({ body, response, createContext }) {
      const read = readRequest(body);
      const operation = read && find(read.query, read.operationName);
      if (!operation || !areSoundVariables(read!.variables) || !operation.accepts(read!.variables)) return null;
      const { variables } = read!;
      const weight = weigh(operation, variables);
      const large = weight && LargeAnswers.isLarge(weight) ? largeAnswers.beginNow(weight) : undefined;
      // Yoga refuses what weighs too much, and waits until there is room for a large answer.
      if (!weight || large === null) return null;
      if (large) endWith(response, large);
      const context = await contextOrNull(createContext);
      if (!context) return null;
      const { rows } = context;
      if (weight.values > MANY_VALUES && turns.isOver()) await turns.take();
      if (weight.values <= FEW_VALUES) rows?.expectShort();
      rows?.mayGiveUp();
      const running = operation.run(context, variables);
      const executed = running instanceof Promise ? await running : running;
      // No data means that the variables were wrong and nothing has run.
      if (executed.data === undefined) return null;
      // Nearly always.
      if (executed.errors === undefined && isShortAnswer(weight, rows)) {
        return { status: 200, body: JSON.stringify(executed) };
      }
      return finish(executed, { operation, context, variables, weight, large });
    },
  };
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
const FEW_VALUES = 100_000;

/** An answer that is not a result, as it is sent with an HTTP status. */
function givenUp({ message, extensions: { http: _, ...extensions } }: GraphQLError) {
  return { errors: [{ message, extensions }] };
}

/**
 * Whether each error has its null in its own place. Where one has taken its parents with it, graphql-js stops at the
 * first, and graphql-jit tells of all.
 */
function isWhole({ errors = [], data }: ExecutionResult): boolean {
  return errors.every(({ path = [] }) => {
    let parent: unknown = data;
    for (const step of path.slice(0, -1)) parent = (parent as Record<string | number, unknown> | null)?.[step];
    return parent != null;
  });
}

/** Makes the function that finds the compiled form of a text that has come before; null where it is not compiled. */
function createFinder(options: CompileOptions) {
  const compiled = createDocumentCache<CompiledOperation>({
    most: COMPILED_PARTS,
    weigh: ({ parts }) => parts + PARTS_OF_ANY,
  });
  // A cache of their own: texts that never come again do not push out what is compiled.
  const notes = createDocumentCache<Note>({ most: NOTED_CHARACTERS });
  return (query: string, operationName: string | undefined): CompiledOperation | null => {
    const key = operationName === undefined ? query : `${operationName}\n${query}`;
    const known = compiled.get(key);
    if (known) return known;
    const note = notes.get(key);
    if (note?.isForGraphqlJs) return null;
    const operation = note ? compileOperation({ query, operationName }, options) : null;
    if (operation) compiled.set(key, operation);
    else notes.set(key, note ? FOR_GRAPHQL_JS : CAME_ONCE);
    return operation;
  };
}

/** graphql-jit has a class of errors of its own, which has lines and columns in place of nodes. */
function locate({ message, locations, path, originalError }: GraphQLError): GraphQLError {
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
