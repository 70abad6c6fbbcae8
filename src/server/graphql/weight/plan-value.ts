/** A value in an operation, as far as it is weighed. It holds nothing of the document, so that a plan takes little memory. */
import { Kind, type ValueNode } from 'graphql';

export type PlanValue = { readonly variable: string } | { readonly literal: unknown };

export function toPlanValue(node: ValueNode): PlanValue {
  return node.kind === Kind.VARIABLE ? { variable: node.name.value } : { literal: literalOf(node) };
}

/** Of a list only the length is kept, of others only that they are there. */
function literalOf(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.INT:
      return Number(node.value);
    case Kind.BOOLEAN:
      return node.value;
    case Kind.NULL:
      return null;
    case Kind.LIST:
      return new Array(node.values.length);
    default:
      return {};
  }
}
