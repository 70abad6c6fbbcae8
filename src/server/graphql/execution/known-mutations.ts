/**
 * Runs mutations with graphql-js, and without Yoga: its way around an operation takes longer than the operation. Only
 * requests that are right in themselves are answered here; Yoga tells all others what is wrong.
 */
import type { ServerResponse } from 'node:http';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  validate,
} from 'graphql';
import type { AnswerContext } from '../answers/bounded-answers.ts';
import { finishAnswer } from '../answers/finish-answer.ts';
import { type SentAnswer, sentAnswer } from '../answers/sent-answer.ts';
import { createDocumentCache } from '../document-cache.ts';
import type { GraphqlBody } from '../graphql-request.ts';
import { type OperationLimits, parseWithinLimits } from '../limits/operation-limits.ts';
import type { OperationScale } from '../weight/operation-scale.ts';
import type { Weight } from '../weight/weigh-operation.ts';
import { executePlainly } from './graphql-js.ts';
import { areSoundVariables, type Variables } from './sound-variables.ts';

export interface KnownMutationsOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
  readonly scale: OperationScale;
  readonly format: (error: unknown) => GraphQLError;
  /** The longest answer of a query, in bytes. */
  readonly answerBytes: number;
}

export interface MutationRequest {
  readonly body: GraphqlBody;
  readonly createContext: () => object | Promise<object>;
  readonly response: ServerResponse;
  /** Called before it runs. If it throws, nothing has run. */
  readonly onMutation: (response: ServerResponse) => void;
}

interface KnownMutation {
  readonly document: DocumentNode;
  readonly weigh: (variables: Variables) => Weight;
}

/** The texts of the mutations that are kept: a document takes a hundred times as much memory as its text. */
const KEPT_CHARACTERS = 100_000;

/** Makes the function that answers a mutation; null where Yoga has to answer, and then nothing has run. */
export function createKnownMutations(options: KnownMutationsOptions) {
  const known = createDocumentCache<KnownMutation>({ most: KEPT_CHARACTERS });

  function find(query: string): KnownMutation | null {
    if (!query.includes('mutation')) return null;
    const kept = known.get(query);
    if (kept) return kept;
    const found = readMutation(query, options);
    if (found) known.set(query, found);
    return found;
  }

  return async ({ body, response, createContext, onMutation }: MutationRequest): Promise<SentAnswer | null> => {
    const { query, operationName } = body;
    const variables = readVariables(body.variables);
    // A document of several operations is rare.
    const mutation = operationName == null || typeof operationName === 'string' ? find(query) : null;
    if (!mutation || !variables || !isOf(mutation.document, operationName as string | null | undefined)) return null;
    const prepared = await prepare(mutation, { variables, createContext, begin: () => onMutation(response) });
    if (!prepared) return null;
    const { weight, context } = prepared;
    const { schema, format, answerBytes } = options;
    const { document } = mutation;
    const executed = await executePlainly({ schema, document, contextValue: context, variableValues: variables });
    // No data means that the variables were wrong and nothing has run.
    if (executed.data === undefined) return null;
    const answer = await finishAnswer(executed, { weight, isMutation: true, rows: context.rows, answerBytes });
    return sentAnswer(answer, format);
  };
}

interface Preparing {
  readonly variables: Variables;
  readonly createContext: MutationRequest['createContext'];
  readonly begin: () => void;
}

/** Null where something stands against it: Yoga does the same again, and formats the error. */
async function prepare({ weigh }: KnownMutation, { variables, createContext, begin }: Preparing) {
  try {
    const weight = weigh(variables);
    const context = (await createContext()) as AnswerContext;
    begin();
    return { weight, context };
  } catch {
    return null;
  }
}

/** Null for a text that is not one valid mutation. */
function readMutation(query: string, { schema, limits, scale }: KnownMutationsOptions): KnownMutation | null {
  try {
    const document = parseWithinLimits(query, undefined, limits);
    const operation = getOperationAST(document);
    if (operation?.operation !== OperationTypeNode.MUTATION || validate(schema, document).length > 0) return null;
    return { document, weigh: scale.createCheck(document, undefined) };
  } catch {
    return null;
  }
}

/** Whether the name, where one is given, is that of the only operation. */
function isOf(document: DocumentNode, operationName: string | null | undefined): boolean {
  return !operationName || getOperationAST(document)?.name?.value === operationName;
}

/** Null for variables with a mistake, which Yoga tells the client. */
function readVariables(variables: unknown): Variables | null {
  if (variables == null) return {};
  if (typeof variables !== 'object' || Array.isArray(variables)) return null;
  return areSoundVariables(variables as Variables) ? (variables as Variables) : null;
}
