/** Reads an operation that is to be kept: parsed within the limits, and valid. */
import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import { type OperationLimits, parseWithinLimits } from '../limits/operation-limits.ts';

export interface OperationText {
  readonly query: string;
  readonly operationName: string | undefined;
}

export interface ValidOperation extends OperationText {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export interface ReadOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
}

/** Null for a text with a mistake, and where it holds no operation of the name. */
export function readOperation(text: OperationText, { schema, limits }: ReadOptions): ValidOperation | null {
  const document = parseOrNull(text.query, limits);
  const operation = document && getOperationAST(document, text.operationName);
  if (!operation || validate(schema, document).length > 0) return null;
  return { ...text, document, operation };
}

function parseOrNull(query: string, limits: OperationLimits): DocumentNode | null {
  try {
    return parseWithinLimits(query, undefined, limits);
  } catch {
    return null;
  }
}
