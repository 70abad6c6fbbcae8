/** Decides what a client sees of an error: all of an error that the gateway raises on purpose, nothing of any other. */
import { type GraphQLError, type GraphQLErrorExtensions, Kind } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { CallerError, type ErrorCode, GatewayError, ProviderError } from '../../domain/errors.ts';

/** All that a client is told of an error that nobody foresaw. */
export const UNEXPECTED_MESSAGE = 'Unexpected error.';

/** The code of an error that nobody foresaw. No GatewayError has it. */
export const UNEXPECTED_CODE = 'INTERNAL_SERVER_ERROR';

/** In characters. The gateway's own sentences are far shorter. */
const LONGEST_MESSAGE = 1000;

/** Hears of each error that is hidden from the client: where it happened, and what was thrown. */
export type UnexpectedErrorListener = (where: string, error: unknown) => void;

/**
 * Makes the function that turns whatever was thrown into the error for the client.
 *
 * - A GatewayError, or a GraphQLError around one, shows its message and code, `panel`, `retryAfterMs` and `issues`.
 * - A mistake in the request itself (syntax, validation, variables, arguments) shows its message and INVALID_INPUT.
 * - A GraphQLError to which a resolver gave a code is shown as it is.
 * - Anything else is shown as UNEXPECTED_MESSAGE, and `onUnexpected` hears of it.
 *
 * An error of the whole request has `extensions.http`: Yoga reads the HTTP status from it, and does not send it.
 */
export const createErrorFormat =
  (onUnexpected: UnexpectedErrorListener) =>
  (error: unknown): GraphQLError => {
    const shown = findShownExtensions(error);
    if (shown) return rebuild(error, { message: shorten((error as Error).message), extensions: shown });
    onUnexpected(placeOf(error), innermost(error));
    const extensions = { code: UNEXPECTED_CODE, ...(hasPath(error) ? {} : { http: { status: 500 } }) };
    return rebuild(error, { message: UNEXPECTED_MESSAGE, extensions });
  };

/** graphql-js repeats what it was given, which may be a megabyte long, in several errors. */
const shorten = (message: string): string =>
  message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE).toWellFormed()}...` : message;

/** The extensions of a GatewayError that a client sees. */
function gatewayErrorExtensions(error: GatewayError): GraphQLErrorExtensions {
  return {
    code: error.code,
    ...(error instanceof ProviderError ? { panel: error.panel } : {}),
    ...(error instanceof ProviderError && error.retryAfterMs !== null ? { retryAfterMs: error.retryAfterMs } : {}),
    ...(error instanceof CallerError && error.issues.length > 0 ? { issues: error.issues } : {}),
  };
}

/** The HTTP status of a request that failed as a whole. */
function httpStatusOf(code: ErrorCode): number {
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
 * Compares the name, as Yoga's own plugins do. Where two copies of graphql are loaded (a plugin or a test runner may
 * bring its own), `instanceof` would take every error of the other copy for an unexpected one.
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
  // `spec` makes Yoga answer 200 to a client that accepts application/json, as GraphQL over HTTP wants it.
  if (!hasPath(error)) return { code: 'INVALID_INPUT', http: httpOf(error) ?? { spec: true, status: 400 } };
  const { http: _, ...extensions } = error.extensions;
  if (typeof extensions['code'] === 'string') return extensions;
  return isAboutInput(error) ? { ...extensions, code: 'INVALID_INPUT' } : null;
}

/** Whether an error of a field is about its arguments: graphql-js points at their values, Pothos has a class for it. */
function isAboutInput(error: GraphQLError): boolean {
  if (chainOf(error).some((link) => link instanceof Error && link.name === 'PothosValidationError')) return true;
  // The nodes of an error around a foreign one are the field; a scalar that cannot print a value throws without nodes.
  const isForeign = !isGraphQLError(innermost(error));
  return !isForeign && (error.nodes?.length ?? 0) > 0 && error.nodes!.every((node) => node.kind !== Kind.FIELD);
}

function rebuild(
  error: unknown,
  { message, extensions }: { message: string; extensions: GraphQLErrorExtensions },
): GraphQLError {
  // The original error is left out, since Yoga would serialise what it holds.
  if (!isGraphQLError(error)) return createGraphQLError(message, { extensions });
  const { nodes, source, positions, path, locations } = error;
  const rebuilt = createGraphQLError(message, { nodes, source, positions, path, extensions });
  // The errors of a compiled operation have locations, but no nodes.
  if (!nodes && locations) Object.defineProperty(rebuilt, 'locations', { value: locations, enumerable: true });
  return rebuilt;
}

/** The error and those that it wraps, outermost first. `cause` is for the log alone, and is not followed. */
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
