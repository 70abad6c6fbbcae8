/**
 * A filter of placements as conditions that indexes can serve.
 *
 * An index yields rows in the order of the list only while each of its leading columns has one value. A filter by
 * several callers, panels, states or statuses is therefore cut into branches with one value of each. Pending placements
 * are few and have indexes of their own, so they are one branch.
 */
import { type RawBuilder, sql } from 'kysely';
import { ORDER_STATUSES } from '../../../../domain/order.ts';
import type { PlacementFilter, PlacementState } from '../placement-records.ts';

export type Condition = RawBuilder<unknown>;

/** With more branches than this, filtering row by row is as fast. */
const MOST_BRANCHES = 144;

/** Literals, which show the database that its indexes of pending placements, and of the others, fit. */
const IS_PENDING = sql`state = 'PENDING'`;
const IS_NOT_PENDING = sql`state <> 'PENDING'`;

/** The conditions of each branch. A placement that matches the filter matches exactly one. Times are left out. */
export function branchesOf(filter: PlacementFilter): Condition[][] {
  const callers = choices(filter.callers, (caller) => [sql`caller = ${caller}`]);
  const panels = choices(filter.panels, (panel) => [sql`panel = ${panel}`]);
  const standings = choices(isByStanding(filter) ? settledStandings(filter) : undefined, (standing) => [
    IS_NOT_PENDING,
    sql`state = ${standing.state}`,
    sql`order_status = ${standing.orderStatus}`,
  ]);
  const isTooMany = callers.length * panels.length * standings.length > MOST_BRANCHES;
  // A reference has few placements and an index of its own.
  if (filter.reference !== undefined || isTooMany) return partsOf(filter);
  return [
    ...(isByStanding(filter) ? pendingPart(filter) : []),
    ...callers.flatMap((caller) =>
      panels.flatMap((panel) => standings.map((standing) => [...caller, ...panel, ...standing])),
    ),
  ];
}

/** The filter in as few parts as indexes allow: one, or pending placements and the others, which have different indexes. */
export function partsOf(filter: PlacementFilter): Condition[][] {
  if (standingsOf(filter).length === 0) return [];
  if (filter.reference !== undefined || !isByStanding(filter)) return [plainConditions(filter)];
  const others = settledStandings(filter).length > 0 ? [[...plainConditions(filter), IS_NOT_PENDING]] : [];
  return [...pendingPart(filter), ...others];
}

function pendingPart(filter: PlacementFilter): Condition[][] {
  const isWanted = standingsOf(filter).some(({ state }) => state === 'PENDING');
  return isWanted ? [[...plainConditions(filter), IS_PENDING]] : [];
}

/** Whether the filter is served by the indexes that begin with the state or leave out pending placements. */
const isByStanding = ({ panels, states, statuses }: PlacementFilter): boolean =>
  panels !== undefined || states !== undefined || statuses !== undefined;

/** State and order status as one value: only a PLACED placement has an order. */
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

function settledStandings(filter: PlacementFilter): readonly Standing[] {
  return standingsOf(filter).filter(({ state }) => state !== 'PENDING');
}

function choices<T>(values: readonly T[] | undefined, conditionsOf: (value: T) => Condition[]): Condition[][] {
  return values === undefined ? [[]] : [...new Set(values)].map(conditionsOf);
}

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
