/**
 * A filter of placements as conditions that indexes can serve.
 *
 * An index gives rows in the list's order only below one value of each of its leading columns. So a filter by several
 * callers, panels, states or statuses is cut into branches with one value each. The pending placements are few and in
 * indexes of their own, so they are one branch.
 */
import { type RawBuilder, sql } from 'kysely';
import { ORDER_STATUSES } from '../domain/order.ts';
import type { PlacementFilter, PlacementState } from './placement-records.ts';

export type Condition = RawBuilder<unknown>;

/** Beyond this many branches filtering row by row is no worse. */
const MOST_BRANCHES = 144;

/** As literals, so that the indexes over the pending and over the others are seen to fit. */
const IS_PENDING = sql`state = 'PENDING'`;
const IS_NOT_PENDING = sql`state <> 'PENDING'`;

/** The conditions of each branch: a placement matches the filter by one of them, or by none. Times are left out. */
export function branchesOf(filter: PlacementFilter): Condition[][] {
  const { callers, panels } = filter;
  const settled = standingsOf(filter).filter(({ state }) => state !== 'PENDING');
  const standings = isByStanding(filter) ? choices(settled, conditionsOf) : [[]];
  const branches = choices(callers, (caller) => [sql`caller = ${caller}`]).flatMap((byCaller) =>
    choices(panels, (panel) => [sql`panel = ${panel}`]).flatMap((byPanel) =>
      standings.map((byStanding) => [...byCaller, ...byPanel, ...byStanding]),
    ),
  );
  // A reference has an index of its own and few rows.
  if (filter.reference !== undefined || branches.length > MOST_BRANCHES) return partsOf(filter);
  return isByStanding(filter) ? [...pendingPart(filter), ...branches] : branches;
}

/** The filter as it reads: as a whole, or the pending ones and the others, where indexes hold them apart. */
export function partsOf(filter: PlacementFilter): Condition[][] {
  const standings = standingsOf(filter);
  if (standings.length === 0) return [];
  if (filter.reference !== undefined || !isByStanding(filter)) return [plainConditions(filter)];
  const isPendingOnly = standings.every(({ state }) => state === 'PENDING');
  return [...pendingPart(filter), ...(isPendingOnly ? [] : [[...plainConditions(filter), IS_NOT_PENDING]])];
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

const conditionsOf = ({ state, orderStatus }: Standing): Condition[] => [
  IS_NOT_PENDING,
  sql`state = ${state}`,
  sql`order_status = ${orderStatus}`,
];

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
