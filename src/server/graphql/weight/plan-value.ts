/** What weighing needs of a value in an operation. It holds nothing of the document, so that a plan takes little memory. */
import { Kind, type ValueNode } from 'graphql';

export type PlanValue = { readonly variable: string } | { readonly literal: unknown };

export function toPlanValue(node: ValueNode): PlanValue {
  return node.kind === Kind.VARIABLE ? { variable: node.name.value } : { literal: literalOf(node) };
}

/** Keeps the length of a list, and of a text, an object or an enum value only that it is there. */
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
