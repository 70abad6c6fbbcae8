/**
 * The list of placements, newest first, in pages by keyset. Each branch of the filter reads one page from an index, and
 * the pages are merged, so that a page costs the same among a thousand placements as among a million.
 */
import { type RawBuilder, sql } from 'kysely';
import { wholeMs } from '../../../database/rows.ts';
import type { LedgerDatabase, PlacementRow } from '../../../database/tables.ts';
import type { ListedPlacements, PlacementCursor, PlacementFilter, PlacementPageRequest } from '../placement-records.ts';
import { decodePlacement } from '../placement-rows.ts';
import { branchesOf, type Condition, partsOf } from './placement-conditions.ts';

export async function listPlacements(
  db: LedgerDatabase,
  filter: PlacementFilter,
  page: PlacementPageRequest,
): Promise<ListedPlacements> {
  const fromEnd = page.from === 'end';
  const query = placementListQuery(filter, page);
  const rows = query === null ? [] : (await query.execute(db)).rows;
  const more = rows.length > page.limit;
  const placements = rows.slice(0, page.limit).map(decodePlacement);
  return fromEnd
    ? { placements: placements.reverse(), hasPreviousPage: more, hasNextPage: page.before !== undefined }
    : { placements, hasNextPage: more, hasPreviousPage: page.after !== undefined };
}

/** The query for a page and one more row, which tells whether there is a next page; null where nothing can match. */
export function placementListQuery(
  filter: PlacementFilter,
  page: PlacementPageRequest,
): RawBuilder<PlacementRow> | null {
  const branches = branchesOf(filter);
  if (branches.length === 0) return null;
  const direction = sql.raw(page.from === 'end' ? 'asc' : 'desc');
  const limit = sql`limit ${page.limit + 1}`;
  const bounds = boundsOf(filter, page);
  const keys = branches.map(
    (conditions, index) => sql`select * from (
      select created_at, seq from placements ${whereOf([...conditions, ...bounds])}
      order by created_at ${direction}, seq ${direction} ${limit}) as ${sql.ref(`branch_${index}`)}`,
  );
  return sql<PlacementRow>`select * from placements where seq in (
      select seq from (${sql.join(keys, sql` union all `)}) as merged
      order by created_at ${direction}, seq ${direction} ${limit})
    order by created_at ${direction}, seq ${direction}`;
}

export async function countPlacements(db: LedgerDatabase, filter: PlacementFilter): Promise<number> {
  const bounds = boundsOf(filter, {});
  const counts = partsOf(filter).map(
    (conditions) => sql`(select count(*) from placements ${whereOf([...conditions, ...bounds])})`,
  );
  if (counts.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`select ${sql.join(counts, sql` + `)} as count`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Times and cursors as one upper and one lower bound, which are one range of an index. */
function boundsOf(filter: PlacementFilter, page: Pick<PlacementPageRequest, 'after' | 'before'>): Condition[] {
  const { createdAfter, createdBefore } = filter;
  const uppers: PlacementCursor[] = [
    ...(page.after ? [page.after] : []),
    ...(createdBefore === undefined ? [] : [{ createdAt: wholeMs(createdBefore), seq: 0 }]),
  ].sort(compareCursors);
  const lowers: PlacementCursor[] = [
    ...(page.before ? [page.before] : []),
    ...(createdAfter === undefined ? [] : [{ createdAt: wholeMs(createdAfter), seq: Number.MAX_SAFE_INTEGER }]),
  ].sort(compareCursors);
  const upper = uppers[0];
  const lower = lowers.at(-1);
  return [
    ...(upper ? [sql`(created_at, seq) < (${upper.createdAt}, ${upper.seq})`] : []),
    ...(lower ? [sql`(created_at, seq) > (${lower.createdAt}, ${lower.seq})`] : []),
  ];
}

function compareCursors(left: PlacementCursor, right: PlacementCursor): number {
  return left.createdAt - right.createdAt || left.seq - right.seq;
}

function whereOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join([...conditions], sql` and `)}`;
}
