/** Leases over Kysely: one statement decides who has it. */
import { sql } from 'kysely';
import { wholeMs } from '../database/rows.ts';
import type { LeaseStore } from './ledger-store.ts';
import type { StoreParts } from './store-parts.ts';

export function createLeaseStore({ writer, owner }: StoreParts): LeaseStore {
  return {
    acquireLease: async (name, { ttlMs, now }) => {
      const { rows } = await writer.run((db) =>
        sql`insert into leases (name, owner, expires_at) values (${name}, ${owner.id}, ${wholeMs(now + ttlMs)})
          on conflict (name) do update set owner = excluded.owner, expires_at = excluded.expires_at
          where leases.owner = excluded.owner or leases.expires_at <= ${wholeMs(now)}
          returning name`.execute(db),
      );
      return rows.length === 1;
    },
    releaseLease: async (name) => {
      await writer.run((db) =>
        db.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner.id).execute(),
      );
    },
  };
}
