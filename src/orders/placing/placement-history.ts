/** Reads pages of the ledger's placements, newest first. */
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

/** A page without `totalCount`, which takes a query of its own. */
export type PlacementHistoryPage = Omit<Page<PlacementRecord>, 'totalCount'>;

/**
 * Cursors stay valid while placements are added. The size is 50 where neither `first` nor `last` is given, and 5000 at
 * most.
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

/** The cursor of a placement holds its instant as the position. */
function placeOf({ id, position }: CursorPlace): PlacementCursor {
  return { createdAt: position, seq: Number(id) };
}
