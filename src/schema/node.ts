/** The Node interface and the two fields that find any object by its id. */
import type { CallerError } from '../domain/errors.ts';
import { type NodeRef, parseNodeId } from '../domain/ids.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { assertListSize, invalidId } from './values/arguments.ts';
import { settledList } from './values/settled-list.ts';

/** Every node's own shape names its type in `kind`, but a service: it is the catalogue's object, as it is cached. */
type NodeShape = object;

function typeNameOf(node: NodeShape): string {
  return 'kind' in node ? String(node.kind) : 'Service';
}

export const NodeInterface = builder.interfaceRef<NodeShape>('Node').implement({
  description: 'An object with an id that is stable and the same for every caller.',
  resolveType: typeNameOf,
  fields: (t) => ({
    id: t.id({
      description: 'Reads `Type:panel:number`, such as `Order:acme:23501`; may be built by hand.',
      resolve: () => {
        throw new Error('Every type of node gives its own id.');
      },
    }),
  }),
});

type FindNode = (ref: NodeRef, context: RequestContext) => Promise<NodeShape | null> | NodeShape | null;
const finders = new Map<NodeRef['type'], FindNode>();

/** Says how a node of one type is found by its id. */
export function registerNode<T extends NodeRef['type']>(
  type: T,
  find: (ref: Extract<NodeRef, { type: T }>, context: RequestContext) => ReturnType<FindNode>,
): void {
  finders.set(type, find as FindNode);
}

builder.queryField('node', (t) =>
  t.field({
    type: NodeInterface,
    nullable: true,
    description: 'Any object by its id; null where there is none.',
    args: { id: t.arg.id({ required: true, description: 'Any id of this API.' }) },
    resolve: (_root, { id }, context) => {
      const found = findNode(id, ['id'], context);
      if (found instanceof Error) throw found;
      return found;
    },
  }),
);

builder.queryField('nodes', (t) =>
  t.field({
    type: [NodeInterface],
    nullable: { list: true, items: true },
    description: 'Several objects by their ids, in the order of `ids`; a bad id costs only its own item.',
    args: { ids: t.arg.idList({ required: true, description: 'Ids of any types.' }) },
    resolve: (_root, { ids }, context) => {
      assertListSize(ids, 'ids', context);
      return settledList(ids.map((id, index) => findNode(id, ['ids', String(index)], context)));
    },
  }),
);

function findNode(id: string, path: readonly string[], context: RequestContext): ReturnType<FindNode> | CallerError {
  const ref = parseNodeId(id);
  if (!ref) return invalidId(path);
  return finders.get(ref.type)?.(ref, context) ?? null;
}
