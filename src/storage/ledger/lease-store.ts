/** Leases: work that one gateway does at a time. */
import { sql } from 'kysely';
import { wholeMs } from '../database/rows.ts';
import type { StoreParts } from './store-parts.ts';

export interface LeaseStore {
  /** Takes or renews a lease for this store's owner. False while the lease of another owner has not run out. */
  acquireLease(name: string, lease: { readonly ttlMs: number; readonly now: number }): Promise<boolean>;
  /** Gives the lease back if this store's owner still holds it. */
  releaseLease(name: string): Promise<void>;
}

export function createLeaseStore({ writer, owner }: StoreParts): LeaseStore {
  return {
    // One statement, so that of two gateways that ask at once exactly one gets the lease.
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
