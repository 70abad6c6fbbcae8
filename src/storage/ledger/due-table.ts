/** What the tables of orders and of refills have in common: rows by number, and the time of the next check. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { inOrderOf, parts, wholeMs } from '../database/rows.ts';
import type { DatabaseKind, LedgerTables, OrderRow, RefillRow } from '../database/tables.ts';
import type { CheckSchedule, DueClaim } from './orders/order-records.ts';

interface DueRows {
  orders: OrderRow;
  refills: RefillRow;
}
export type DueTable = keyof DueRows;

/** Each number costs three parameters here. */
const SCHEDULE_SIZE = 500;

/** The rows of these numbers, in no order; a number that is not there has none. */
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

/** Takes what is due and puts it off; the rows as they are then, earliest first. Within a transaction. */
export async function claimDueRows<Table extends DueTable>(
  db: Kysely<LedgerTables>,
  table: Table,
  { kind, claim }: { readonly kind: DatabaseKind; readonly claim: DueClaim },
): Promise<DueRows[Table][]> {
  const numbers = await claimDueNumbers(db, table, { kind, claim });
  const rows = await findRows(db, table, { panel: claim.panel, numbers });
  return inOrderOf(numbers, rows, ({ number }) => number).filter((row) => row !== null);
}

async function claimDueNumbers(
  db: Kysely<LedgerTables>,
  table: DueTable,
  { kind, claim }: { readonly kind: DatabaseKind; readonly claim: DueClaim },
): Promise<string[]> {
  // A gateway that lost its lease a moment ago may still be claiming: each takes what the other has not.
  const lock = sql.raw(kind === 'postgres' ? 'for update skip locked' : '');
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

/** One value where all are the same, else one for each number. */
function timesOf(numbers: readonly string[], timeOf: ReadonlyMap<string, number | null>): RawBuilder<unknown> {
  const times = new Set(numbers.map((number) => timeOf.get(number) ?? null));
  const [only] = times;
  // The casts tell PostgreSQL a parameter's type where nothing else does.
  if (times.size === 1) return sql`cast(${only} as bigint)`;
  const cases = numbers.map((number) => sql`when ${number} then cast(${timeOf.get(number) ?? null} as bigint)`);
  return sql`case number ${sql.join(cases, sql` `)} end`;
}
