/** What the tables of orders and of refills share: rows found by number, and the time of the next check. */

import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DatabaseCapabilities } from '../database/capabilities.ts';
import { inOrderOf, parts, wholeMs } from '../database/rows.ts';
import type { LedgerTables, OrderRow, RefillRow } from '../database/tables.ts';
import type { CheckSchedule, DueClaim } from './due-checks.ts';

interface DueRows {
  orders: OrderRow;
  refills: RefillRow;
}
export type DueTable = keyof DueRows;

/** Each number takes three parameters of the statement. */
const SCHEDULE_SIZE = 500;

/** The rows of those numbers that are there, in no particular order. */
export async function findRows<Table extends DueTable>(
  db: Kysely<LedgerTables>,
  table: Table,
  { panel, numbers }: { readonly panel: string; readonly numbers: readonly string[] },
): Promise<DueRows[Table][]> {
  const found: DueRows[Table][] = [];
  for (const part of parts(numbers)) {
    const { rows } = await sql<DueRows[Table]>`select * from ${sql.table(table)}
      where panel = ${panel} and number in (${sql.join(part)})`.execute(db);
    found.push(...rows);
  }
  return found;
}

interface ClaimStep extends Pick<DatabaseCapabilities, 'needsRowLocks'> {
  readonly claim: DueClaim;
}

/** Takes the rows that are due, earliest first, with their next check put off. Runs within a transaction. */
export async function claimDueRows<Table extends DueTable>(
  db: Kysely<LedgerTables>,
  table: Table,
  { claim, needsRowLocks }: ClaimStep,
): Promise<DueRows[Table][]> {
  const numbers = await claimDueNumbers(db, table, { claim, needsRowLocks });
  const rows = await findRows(db, table, { panel: claim.panel, numbers });
  return inOrderOf(numbers, rows, ({ number }) => number).filter((row) => row !== null);
}

async function claimDueNumbers(
  db: Kysely<LedgerTables>,
  table: DueTable,
  { claim, needsRowLocks }: ClaimStep,
): Promise<string[]> {
  // A gateway that has just lost its lease may still be claiming: each takes only what the other has not taken.
  const lock = sql.raw(needsRowLocks ? 'for update skip locked' : '');
  const { rows } = await sql<{ number: string }>`select number from ${sql.table(table)}
    where panel = ${claim.panel} and next_check_at <= ${wholeMs(claim.now)}
    order by next_check_at limit ${claim.limit} ${lock}`.execute(db);
  const numbers = rows.map(({ number }) => number);
  await scheduleNumbers(db, table, {
    panel: claim.panel,
    checks: numbers.map((number) => ({ number, nextCheckAt: claim.until })),
  });
  return numbers;
}

export async function scheduleNumbers(
  db: Kysely<LedgerTables>,
  table: DueTable,
  { panel, checks }: { readonly panel: string; readonly checks: readonly CheckSchedule[] },
): Promise<void> {
  const timeOf = new Map(checks.map(({ number, nextCheckAt }) => [number, wholeMs(nextCheckAt)]));
  for (const part of parts([...timeOf.keys()].sort(), SCHEDULE_SIZE)) {
    await sql`update ${sql.table(table)} set next_check_at = ${timesOf(part, timeOf)}
      where panel = ${panel} and number in (${sql.join(part)})`.execute(db);
  }
}

export async function findNextCheck(db: Kysely<LedgerTables>, table: DueTable, panel: string): Promise<number | null> {
  const { rows } = await sql<{ next: number | null }>`select min(next_check_at) as next from ${sql.table(table)}
    where panel = ${panel} and next_check_at is not null`.execute(db);
  return rows[0]?.next ?? null;
}

/** One value where all are the same, else a value for each number. */
function timesOf(numbers: readonly string[], timeOf: ReadonlyMap<string, number | null>): RawBuilder<unknown> {
  const times = new Set(numbers.map((number) => timeOf.get(number) ?? null));
  const [only] = times;
  // Without the casts PostgreSQL could not tell the type of the parameter.
  if (times.size === 1) return sql`cast(${only} as bigint)`;
  const cases = numbers.map((number) => sql`when ${number} then cast(${timeOf.get(number) ?? null} as bigint)`);
  return sql`case number ${sql.join(cases, sql` `)} end`;
}
