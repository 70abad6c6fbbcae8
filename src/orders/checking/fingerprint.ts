/** What an idempotency key stands for: serviceId and details, not maxCharge or reference. */
import { hash } from 'node:crypto';
import type { OrderDetails } from '../../domain/order-forms.ts';

/** The same for the same order, however its fields are arranged; texts count as trimmed, absent fields as null ones. */
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
