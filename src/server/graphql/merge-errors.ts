/** Makes one error of those that say the same thing in several places. */
import type { ASTNode, GraphQLError } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';

/** graphql-js ends the errors of validation with this one after a hundred, and looks no further. */
const ABORTED = /^Too many validation errors/;

/**
 * Keeps the first error of each message, with the places of all of them. A directive repeated ten times would otherwise
 * be told nine times.
 */
export function mergeErrors(errors: readonly GraphQLError[]): GraphQLError[] {
  const nodesByMessage = new Map<string, Set<ASTNode>>();
  for (const { message, nodes = [] } of errors) {
    if (ABORTED.test(message)) continue;
    const known = nodesByMessage.get(message) ?? new Set();
    for (const node of nodes) known.add(node);
    nodesByMessage.set(message, known);
  }
  return [...nodesByMessage].map(([message, nodes]) => createGraphQLError(message, { nodes: [...nodes] }));
}
