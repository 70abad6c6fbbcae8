import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { median } from '../scenario.ts';

const COUNT = 100;

/** What this disk allows: the median of a small insert that is on disk when it returns, in ms. */
export async function timeDurableInsert(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'panelgraph-bench-'));
  const database = new DatabaseSync(join(folder, 'insert.db'));
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE entry (text TEXT NOT NULL)');
    const insert = database.prepare('INSERT INTO entry (text) VALUES (?)');
    const times = Array.from({ length: COUNT }, () => {
      const startedAt = performance.now();
      insert.run('x'.repeat(300));
      return performance.now() - startedAt;
    });
    return median(times);
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}
