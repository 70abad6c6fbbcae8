/** The Node interface and the two fields that find any object by its id. */
import type { CallerError } from '../domain/errors.ts';
import { type NodeRef, parseNodeId } from '../domain/ids.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { assertListSize, invalidId } from './values/arguments.ts';
import { costOf } from './values/field-cost.ts';
import { settledList } from './values/settled-list.ts';

/** A node names its type in `kind`. Only a service does not, since it is the cached object of the catalogue. */
type NodeShape = object;

function typeNameOf(node: NodeShape): string {
  return 'kind' in node ? String(node.kind) : 'Service';
}

export const NodeInterface = builder.interfaceRef<NodeShape>('Node').implement({
  description: 'An object whose id is stable and the same for every caller.',
  resolveType: typeNameOf,
  fields: (t) => ({
    id: t.id({
      description: 'Has the form `Type:panel:number`, such as `Order:acme:23501`. Clients may build it themselves.',
      resolve: () => {
        throw new Error('Every node type resolves its own id.');
      },
    }),
  }),
});

type FindNode = (ref: NodeRef, context: RequestContext) => Promise<NodeShape | null> | NodeShape | null;
const finders = new Map<NodeRef['type'], FindNode>();

/** Registers how nodes of one type are found. */
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
    description: 'Finds any object by its id; null where there is none.',
    extensions: costOf({ lookUps: 'order' }),
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
    description: 'Finds several objects, in the order of `ids`. A bad id fails only its own item.',
    extensions: costOf({ items: { argument: 'ids' }, areRows: true, lookUps: 'order' }),
    args: { ids: t.arg.idList({ required: true, description: 'Ids of any types.' }) },
    resolve: (_root, { ids }, context) => {
      assertListSize(ids, 'ids', context);
      return settledList(ids, (id, index) => findNode(id, ['ids', String(index)], context), context);
    },
  }),
);

function findNode(id: string, path: readonly string[], context: RequestContext): ReturnType<FindNode> | CallerError {
  const ref = parseNodeId(id);
  if (!ref) return invalidId(path);
  return finders.get(ref.type)?.(ref, context) ?? null;
}
