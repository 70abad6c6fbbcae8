/** What gateways that use one ledger share. */
import { describe, expect, it } from 'vitest';
import type { OpenStore } from './open-store.ts';

export function describeGateways(openStore: OpenStore): void {
  describe('leases', () => {
    it('renews its own and gives it back', async () => {
      const store = await openStore();
      expect(await store.leases.acquireLease('tracker:acme', { ttlMs: 100, now: 0 })).toBe(true);
      expect(await store.leases.acquireLease('tracker:acme', { ttlMs: 100, now: 50 })).toBe(true);
      await store.leases.releaseLease('tracker:acme');
      expect(await store.leases.acquireLease('tracker:acme', { ttlMs: 100, now: 51 })).toBe(true);
    });
  });

  describe('changes', () => {
    it('reach who listens, until he leaves', async () => {
      const store = await openStore();
      const heard: string[] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      const leave = store.changes.subscribe((topic) => {
        heard.push(topic);
        if (heard.includes('orders') && heard.includes('placements')) resolve();
      });
      store.changes.notify('orders');
      store.changes.notify('placements');
      await promise;
      leave();
      const count = heard.length;
      store.changes.notify('orders');
      await new Promise((next) => setImmediate(next));
      expect(heard).toHaveLength(count);
    });
  });
}
