/**
 * A filter of placements as conditions that indexes can serve.
 *
 * An index gives rows in the list's order only below one value of each of its leading columns. So a filter by several
 * callers, panels, states or statuses is cut into branches with one value each. The pending placements are few and in
 * indexes of their own, so they are one branch.
 */
import { type RawBuilder, sql } from 'kysely';
import { ORDER_STATUSES } from '../../../domain/order.ts';
import type { PlacementFilter, PlacementState } from './placement-records.ts';

export type Condition = RawBuilder<unknown>;

/** Beyond this many branches filtering row by row is no worse. */
const MOST_BRANCHES = 144;

/** As literals, so that the indexes over the pending and over the others are seen to fit. */
const IS_PENDING = sql`state = 'PENDING'`;
const IS_NOT_PENDING = sql`state <> 'PENDING'`;

/** The conditions of each branch: a placement matches the filter by one of them, or by none. Times are left out. */
export function branchesOf(filter: PlacementFilter): Condition[][] {
  const callers = choices(filter.callers, (caller) => [sql`caller = ${caller}`]);
  const panels = choices(filter.panels, (panel) => [sql`panel = ${panel}`]);
  const standings = choices(isByStanding(filter) ? settledStandings(filter) : undefined, (standing) => [
    IS_NOT_PENDING,
    sql`state = ${standing.state}`,
    sql`order_status = ${standing.orderStatus}`,
  ]);
  const isTooMany = callers.length * panels.length * standings.length > MOST_BRANCHES;
  // A reference has an index of its own and few rows.
  if (filter.reference !== undefined || isTooMany) return partsOf(filter);
  return [
    ...(isByStanding(filter) ? pendingPart(filter) : []),
    ...callers.flatMap((caller) =>
      panels.flatMap((panel) => standings.map((standing) => [...caller, ...panel, ...standing])),
    ),
  ];
}

/** The filter as it reads: as a whole, or the pending ones and the others, where indexes hold them apart. */
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

/** Whether indexes that begin with the state serve it. */
const isByStanding = ({ panels, states, statuses }: PlacementFilter): boolean =>
  panels !== undefined || states !== undefined || statuses !== undefined;

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
