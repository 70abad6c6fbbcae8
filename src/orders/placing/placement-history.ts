/** Pages of the ledger's placements, newest first. */
import {
  type CursorPlace,
  createPage,
  encodeCursor,
  type Page,
  type PageArguments,
  readPageArguments,
} from '../../domain/paging.ts';
import type {
  LedgerStore,
  PlacementCursor,
  PlacementFilter,
  PlacementRecord,
} from '../../storage/ledger/ledger-store.ts';

/** A page without the count, which costs a query of its own. */
export type PlacementHistoryPage = Omit<Page<PlacementRecord>, 'totalCount'>;

/**
 * The page with its cursors; pages stay where they are while placements are added. 50 where neither `first` nor `last`
 * is given, up to 5000.
 * @throws CallerError INVALID_INPUT for the arguments, StoreUnavailableError
 */
export async function findPlacements(
  store: LedgerStore,
  filter: PlacementFilter,
  args: PageArguments,
): Promise<PlacementHistoryPage> {
  const { from, size, after, before } = readPageArguments(args, { isId: (id) => /^\d{1,16}$/.test(id) });
  const { placements, hasNextPage, hasPreviousPage } = await store.placements.listPlacements(filter, {
    from,
    limit: size,
    ...(after && { after: placeOf(after) }),
    ...(before && { before: placeOf(before) }),
  });
  const edgeAt = (node: PlacementRecord) => ({
    cursor: encodeCursor({ id: String(node.seq), position: node.createdAt }),
    node,
  });
  return createPage(placements, edgeAt, { hasNextPage, hasPreviousPage });
}

/** Instants take the place of positions. */
function placeOf({ id, position }: CursorPlace): PlacementCursor {
  return { createdAt: position, seq: Number(id) };
}
