/**
 * What a client may see of an error: everything of those that the gateway raises on purpose, and nothing of the rest.
 */
import { type GraphQLError, type GraphQLErrorExtensions, Kind } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { CallerError, type ErrorCode, GatewayError, ProviderError } from '../../domain/errors.ts';

/** The whole text of an error that nobody foresaw. */
export const UNEXPECTED_MESSAGE = 'Unexpected error.';

/** The code of an error that nobody foresaw; no GatewayError carries it. */
export const UNEXPECTED_CODE = 'INTERNAL_SERVER_ERROR';

/** Told of each error that is hidden from the client: where it happened, and what was thrown. */
export type UnexpectedErrorListener = (where: string, error: unknown) => void;

/**
 * Makes the function that turns whatever was thrown into the error for the client.
 *
 * - A GatewayError, or a GraphQLError around one: its message and code, with `panel`, `retryAfterMs` and `issues`.
 * - What is wrong with the request itself (syntax, validation, variables, arguments): INVALID_INPUT.
 * - A GraphQLError that a resolver has given a code: as it is.
 * - Anything else: UNEXPECTED_MESSAGE, and `onUnexpected` hears of it.
 *
 * Errors of the whole request carry `extensions.http`, from which Yoga takes the status and which it never sends.
 */
export const createErrorFormat =
  (onUnexpected: UnexpectedErrorListener) =>
  (error: unknown): GraphQLError => {
    const shown = findShownExtensions(error);
    if (shown) return rebuild(error, { message: (error as Error).message, extensions: shown });
    onUnexpected(placeOf(error), innermost(error));
    const extensions = { code: UNEXPECTED_CODE, ...(hasPath(error) ? {} : { http: { status: 500 } }) };
    return rebuild(error, { message: UNEXPECTED_MESSAGE, extensions });
  };

/** The extensions that a client sees of a GatewayError. */
export function gatewayErrorExtensions(error: GatewayError): GraphQLErrorExtensions {
  return {
    code: error.code,
    ...(error instanceof ProviderError ? { panel: error.panel } : {}),
    ...(error instanceof ProviderError && error.retryAfterMs !== null ? { retryAfterMs: error.retryAfterMs } : {}),
    ...(error instanceof CallerError && error.issues.length > 0 ? { issues: error.issues } : {}),
  };
}

/** The HTTP status of a request that failed as a whole. */
export function httpStatusOf(code: ErrorCode): number {
  switch (code) {
    case 'UNAUTHENTICATED':
      return 401;
    case 'FORBIDDEN':
      return 403;
    case 'RATE_LIMITED':
      return 429;
    case 'STORE_UNAVAILABLE':
    case 'SHUTTING_DOWN':
      return 503;
    default:
      return 400;
  }
}

/**
 * By name, as Yoga's own plugins tell it: where a second copy of graphql is loaded (by a plugin, or by a test runner
 * that prefers its ES build) `instanceof` would take every error of the other copy for an unexpected one.
 */
export const isGraphQLError = (error: unknown): error is GraphQLError =>
  error instanceof Error && error.name === 'GraphQLError';

function findShownExtensions(error: unknown): GraphQLErrorExtensions | null {
  const gatewayError = chainOf(error).find((link) => link instanceof GatewayError);
  if (gatewayError) {
    const http = hasPath(error) ? {} : { http: httpOf(error) ?? { status: httpStatusOf(gatewayError.code) } };
    return { ...gatewayErrorExtensions(gatewayError), ...http };
  }
  if (!isGraphQLError(error)) return null;
  // `spec` makes Yoga answer 200 to who accepts application/json, as the GraphQL-over-HTTP specification has it.
  if (!hasPath(error)) return { code: 'INVALID_INPUT', http: httpOf(error) ?? { spec: true, status: 400 } };
  const { http: _, ...extensions } = error.extensions;
  if (typeof extensions['code'] === 'string') return extensions;
  return isAboutInput(error) ? { ...extensions, code: 'INVALID_INPUT' } : null;
}

/** Whether an error of a field is about its arguments: graphql-js points at their values, Pothos names its class. */
function isAboutInput(error: GraphQLError): boolean {
  if (chainOf(error).some((link) => link instanceof Error && link.name === 'PothosValidationError')) return true;
  // Around a foreign error the nodes are the field's; a scalar that cannot print a value throws without nodes.
  const isForeign = !isGraphQLError(innermost(error));
  return !isForeign && (error.nodes?.length ?? 0) > 0 && error.nodes!.every((node) => node.kind !== Kind.FIELD);
}

function rebuild(
  error: unknown,
  { message, extensions }: { message: string; extensions: GraphQLErrorExtensions },
): GraphQLError {
  // Never with the original error: Yoga's serialisation walks it, and so might a plugin.
  if (!isGraphQLError(error)) return createGraphQLError(message, { extensions });
  const { nodes, source, positions, path, locations } = error;
  const rebuilt = createGraphQLError(message, { nodes, source, positions, path, extensions });
  // A compiled query's errors know their places without nodes.
  if (!nodes && locations) Object.defineProperty(rebuilt, 'locations', { value: locations, enumerable: true });
  return rebuilt;
}

/** The error and what it was made of, outermost first. `cause` is not followed: it is for the log alone. */
function chainOf(error: unknown): unknown[] {
  const chain = [error];
  for (let link = error; isGraphQLError(link) && link.originalError && chain.length < 10; ) {
    link = link.originalError;
    chain.push(link);
  }
  return chain;
}

const innermost = (error: unknown): unknown => chainOf(error).at(-1);

const hasPath = (error: unknown): boolean => isGraphQLError(error) && error.path !== undefined;

const placeOf = (error: unknown): string =>
  isGraphQLError(error) && error.path ? `field ${error.path.join('.')}` : 'request';

function httpOf(error: unknown): object | null {
  const http: unknown = isGraphQLError(error) ? error.extensions['http'] : null;
  return typeof http === 'object' ? http : null;
}
