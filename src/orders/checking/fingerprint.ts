/** Fingerprints of orders, by which a repeat of a key is compared with the first order of the key. */
import { hash } from 'node:crypto';
import type { OrderDetails } from '../../domain/order-forms.ts';

/**
 * Covers serviceId and details, but not maxCharge or reference. The same whatever the order of the fields. Expects
 * details as `readOrderDetails` gives them: texts trimmed, absent fields left out.
 */
export function fingerprintOf(serviceId: string, details: OrderDetails): string {
  return hash('sha256', canonicalJson([serviceId, details]), 'base64url');
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)))
      : each,
  );
}
