/**
 * The list of placements, newest first, by keyset.
 *
 * An index gives rows in the list's order only below one value of each of its leading columns. So a filter by several
 * panels, states or statuses is cut into branches with one value each; every branch reads a page from its own place in
 * an index, and the pages are merged. That costs the same over a thousand placements as over a million.
 */
import { type RawBuilder, sql } from 'kysely';
import { ORDER_STATUSES } from '../domain/order.ts';
import type {
  PlacementCursor,
  PlacementFilter,
  PlacementPage,
  PlacementPageRequest,
  PlacementState,
} from './placement-records.ts';
import { decodePlacement } from './placement-rows.ts';
import { wholeMs } from './rows.ts';
import type { LedgerDatabase, PlacementRow } from './schema.ts';

/** Beyond this many branches one query that filters row by row is no worse. */
const MOST_BRANCHES = 144;

type Condition = RawBuilder<unknown>;

export async function listPlacements(
  db: LedgerDatabase,
  filter: PlacementFilter,
  page: PlacementPageRequest,
): Promise<PlacementPage> {
  const fromEnd = page.from === 'end';
  const query = placementListQuery(filter, page);
  const rows = query === null ? [] : (await query.execute(db)).rows;
  const more = rows.length > page.limit;
  const placements = rows.slice(0, page.limit).map(decodePlacement);
  return fromEnd
    ? { placements: placements.reverse(), hasPreviousPage: more, hasNextPage: page.before !== undefined }
    : { placements, hasNextPage: more, hasPreviousPage: page.after !== undefined };
}

/** The query of a page and one row more; null where nothing can match. */
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
  const counts = countedParts(filter).map(
    (conditions) => sql`(select count(*) from placements ${whereOf([...conditions, ...bounds])})`,
  );
  if (counts.length === 0) return 0;
  const { rows } = await sql<{ count: number }>`select ${sql.join(counts, sql` + `)} as count`.execute(db);
  return rows[0]?.count ?? 0;
}

/** State and order status go together: only a PLACED one has an order. */
interface Standing {
  readonly state: PlacementState;
  readonly orderStatus: string;
}

const STANDINGS: readonly Standing[] = [
  { state: 'PENDING', orderStatus: '' },
  { state: 'REJECTED', orderStatus: '' },
  { state: 'UNKNOWN', orderStatus: '' },
  ...ORDER_STATUSES.map((orderStatus) => ({ state: 'PLACED', orderStatus }) as const),
];

function standingsOf({ states, statuses }: PlacementFilter): readonly Standing[] {
  return STANDINGS.filter(
    ({ state, orderStatus }) =>
      (!states || states.includes(state)) && (!statuses || statuses.some((status) => status === orderStatus)),
  );
}

/** As literals, so that the indexes over the pending and over the others are seen to fit. */
const IS_PENDING = sql`state = 'PENDING'`;
const IS_NOT_PENDING = sql`state <> 'PENDING'`;

/** The conditions of each branch; none where nothing can match. */
function branchesOf(filter: PlacementFilter): Condition[][] {
  const { callers, panels, states, statuses, reference } = filter;
  const standings = standingsOf(filter);
  if (standings.length === 0 || callers?.length === 0 || panels?.length === 0) return [];
  // A reference has an index of its own and few rows.
  if (reference !== undefined) return [plainConditions(filter)];
  const byCaller = choices(callers, (caller) => [sql`caller = ${caller}`]);
  const byPanel = choices(panels, (panel) => [sql`panel = ${panel}`]);
  const byStanding = choices(states || statuses || panels ? standings : undefined, ({ state, orderStatus }) =>
    state === 'PENDING' ? [IS_PENDING] : [IS_NOT_PENDING, sql`state = ${state}`, sql`order_status = ${orderStatus}`],
  );
  if (byCaller.length * byPanel.length * byStanding.length > MOST_BRANCHES) return [plainConditions(filter)];
  return byCaller.flatMap((caller) =>
    byPanel.flatMap((panel) => byStanding.map((standing) => [...caller, ...panel, ...standing])),
  );
}

/** What is counted by itself: the pending ones and the others, where an index counts each. */
function countedParts(filter: PlacementFilter): Condition[][] {
  const { panels, states, statuses, reference } = filter;
  const standings = standingsOf(filter);
  if (standings.length === 0) return [];
  const plain = plainConditions(filter);
  if (reference !== undefined || !(panels || states || statuses)) return [plain];
  return [
    ...(standings.some(({ state }) => state === 'PENDING') ? [[...plain, IS_PENDING]] : []),
    ...(standings.some(({ state }) => state !== 'PENDING') ? [[...plain, IS_NOT_PENDING]] : []),
  ];
}

function choices<T>(values: readonly T[] | undefined, conditionsOf: (value: T) => Condition[]): Condition[][] {
  return values === undefined ? [[]] : [...new Set(values)].map(conditionsOf);
}

/** The filter as it reads, without branches. */
function plainConditions({ callers, panels, states, statuses, reference }: PlacementFilter): Condition[] {
  return [
    ...(reference === undefined ? [] : [sql`reference = ${reference}`]),
    ...isOneOf('caller', callers),
    ...isOneOf('panel', panels),
    ...isOneOf('state', states ?? (statuses && ['PLACED'])),
    ...isOneOf('order_status', statuses),
  ];
}

function isOneOf(column: string, values: readonly string[] | undefined): Condition[] {
  if (values === undefined) return [];
  const [only] = values;
  if (only === undefined) return [sql`1 = 0`];
  return values.length === 1
    ? [sql`${sql.ref(column)} = ${only}`]
    : [sql`${sql.ref(column)} in (${sql.join([...values])})`];
}

/** Times and cursors as one bound from above and one from below, so that an index range holds both. */
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
