/**
 * A query that is built once and run with other values each time. Building one and writing its SQL takes Kysely
 * several times as long as SQLite takes to run it, and a purchase waits for each.
 */
import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { LedgerTables } from './tables.ts';

export type FixedQuery<Values extends object, Row> = (
  db: Kysely<LedgerTables>,
  values: Values,
) => Promise<readonly Row[]>;

/**
 * `build` is called once for each kind of database, with a placeholder in place of each value: it hands them to Kysely
 * and does not look at them. So `Values` has the same members in every call.
 */
export function fixedQuery<Values extends object, Row>(
  build: (db: Kysely<LedgerTables>, values: Values) => Compilable<Row>,
): FixedQuery<Values, Row> {
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    const query = compiled.get(adapter) ?? build(db, placeholdersOf(values)).compile();
    compiled.set(adapter, query);
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Placeholder ? values[parameter.name as keyof Values] : parameter,
    );
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}

class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

function placeholdersOf<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.keys(values).map((name) => [name, new Placeholder(name)])) as Values;
}
