/** Shows what the balance says about an order, as a line for a person and as data. */
import type { BalanceEvidence, BalanceFinding, BalanceReading } from '../../domain/balance-evidence.ts';

const FINDINGS: Record<BalanceFinding, string> = {
  UNCHANGED: 'unchanged',
  FELL_BY_CHARGE: 'fell by what it would have cost',
  CANNOT_BE_TOLD: 'cannot be told',
};

/** One line; null where nothing is known about the balance. */
export function describeEvidence(evidence: BalanceEvidence | null): string | null {
  if (evidence === null) return null;
  const { before, after, finding, reason } = evidence;
  const between = before?.ordersBetween
    ? `${before.ordersBetween} orders since for ${before.chargedBetween ?? 'an unknown charge'}`
    : null;
  const readings = [before && `${describe(before.reading)} before`, between, after && `${describe(after)} after`];
  const verdict = finding === null ? 'not asked after it' : [FINDINGS[finding], reason].filter(Boolean).join(': ');
  return [verdict, ...readings].filter(Boolean).join('; ');
}

/** As data, with instants as the API writes them. */
export function toEvidence(evidence: BalanceEvidence | null): object | null {
  if (evidence === null) return null;
  const { before, after, finding, reason } = evidence;
  return {
    finding,
    reason,
    before: before && toReading(before.reading),
    ordersBetween: before?.ordersBetween ?? null,
    chargedBetween: before?.chargedBetween ?? null,
    after: after && toReading(after),
  };
}

function describe({ amount, currency, at }: BalanceReading): string {
  const money = currency === null ? amount : `${amount} ${currency}`;
  return `${money} at ${new Date(at).toISOString()}`;
}

function toReading({ amount, currency, at }: BalanceReading): object {
  return { amount, currency, at: new Date(at).toISOString() };
}
