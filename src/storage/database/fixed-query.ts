/**
 * A query that is built once and run with different values each time. Kysely takes several times as long to build a
 * query and write its SQL as SQLite takes to run it, and a purchase would wait for that each time.
 */
import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { LedgerTables } from './tables.ts';

export type FixedQuery<Values extends object, Row> = (
  db: Kysely<LedgerTables>,
  values: Values,
) => Promise<readonly Row[]>;

/**
 * Calls `build` once for each database, with a placeholder for each value. `build` must only hand the values on to
 * Kysely, never look at them, and every call of the query must give the same members of `Values`.
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
