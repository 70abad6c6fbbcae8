/** Relay connections: their types, and the arguments of the fields that return them. */
import type { ObjectRef } from '@pothos/core';
import type { Edge, Page, PageInfo } from '../../domain/paging.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { costOf } from './field-cost.ts';

const PageInfoType = builder.objectRef<PageInfo>('PageInfo').implement({
  description: 'The place of a page in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether more items follow the page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether more items precede the page.' }),
    startCursor: t.exposeString('startCursor', { nullable: true, description: 'The cursor of the first item.' }),
    endCursor: t.exposeString('endCursor', { nullable: true, description: 'The cursor of the last item.' }),
  }),
});

/** How a connection reads the value that its field resolves to. */
interface ConnectionSource<Node, Parent> {
  readonly pageOf: (parent: Parent) => Omit<Page<Node>, 'totalCount'>;
  /** Called only where the count is asked for. */
  readonly countOf: (parent: Parent, context: RequestContext) => number | Promise<number>;
}

/** Creates the connection type and the edge type of a node type. */
export function createConnection<Node extends object, Parent extends object>(
  name: string,
  node: ObjectRef<SchemaTypes, Node>,
  { pageOf, countOf }: ConnectionSource<Node, Parent>,
) {
  const EdgeType = builder.objectRef<Edge<Node>>(`${name}Edge`).implement({
    description: 'An item of a page, with its cursor.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'The place of the item, for `after` and `before`.' }),
      node: t.field({ type: node, description: 'The item.', resolve: (edge) => edge.node as never }),
    }),
  });
  return builder.objectRef<Parent>(`${name}Connection`).implement({
    description: 'A page of a list.',
    fields: (t) => ({
      edges: t.field({
        type: [EdgeType],
        description: 'The items with their cursors.',
        extensions: costOf({ items: 'page', areRows: true }),
        resolve: (parent, _args, { rows }) => rows.handOut(pageOf(parent as Parent).edges()),
      }),
      nodes: t.field({
        type: [node],
        description: 'The items.',
        extensions: costOf({ items: 'page', areRows: true }),
        resolve: (parent, _args, { rows }) => rows.handOut(pageOf(parent as Parent).nodes) as never,
      }),
      pageInfo: t.field({
        type: PageInfoType,
        description: 'The place of the page in the list.',
        resolve: (parent) => pageOf(parent).pageInfo,
      }),
      totalCount: t.int({
        description: 'The number of items in the whole list.',
        resolve: (parent, _args, context) => countOf(parent as Parent, context),
      }),
    }),
  });
}

type QueryFieldBuilder = Parameters<Parameters<typeof builder.queryField>[1]>[0];

/** The arguments of Relay paging. */
export function pageArguments(t: QueryFieldBuilder) {
  return {
    first: t.arg.int({ required: false, description: 'How many items from the start of the list, or after `after`.' }),
    after: t.arg.string({ required: false, description: 'A cursor: only items that follow it.' }),
    last: t.arg.int({ required: false, description: 'How many items from the end of the list, or before `before`.' }),
    before: t.arg.string({ required: false, description: 'A cursor: only items that precede it.' }),
  };
}
