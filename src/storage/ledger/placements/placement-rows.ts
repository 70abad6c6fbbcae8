/** Turns placements from rows into records, and back. */
import type { BalanceEvidence } from '../../../domain/balance-evidence.ts';
import type { ProviderCode } from '../../../domain/errors.ts';
import type { Money } from '../../../domain/money.ts';
import { ORDER_STATUSES } from '../../../domain/order.ts';
import { decodeWord, storable, wholeMs } from '../../database/rows.ts';
import type { PlacementRow } from '../../database/tables.ts';
import {
  type NewPlacement,
  PLACEMENT_STATES,
  type PlacementError,
  type PlacementRecord,
  type Sending,
} from './placement-records.ts';

const SETTLERS = ['panel', 'operator'] as const;

export function decodePlacement(row: PlacementRow): PlacementRecord {
  return {
    id: row.id,
    caller: row.caller,
    idempotencyKey: row.idempotency_key,
    fingerprint: row.fingerprint,
    reference: row.reference,
    panel: row.panel,
    panelHost: row.panel_host,
    panelDialect: row.panel_dialect,
    serviceNumber: row.service_number,
    details: JSON.parse(row.details),
    estimatedCharge: moneyOf(row.estimated_amount, row.estimated_currency),
    maxCharge: moneyOf(row.max_charge_amount, row.max_charge_currency),
    createdAt: row.created_at,
    state: decodeWord(PLACEMENT_STATES, row.state, 'placements.state'),
    isRetryable: row.is_retryable === 1,
    settledBy: row.settled_by === null ? null : decodeWord(SETTLERS, row.settled_by, 'placements.settled_by'),
    orderNumber: row.order_number,
    orderStatus:
      row.order_status === '' ? null : decodeWord(ORDER_STATUSES, row.order_status, 'placements.order_status'),
    error: errorOf(row),
    owner: row.owner,
    attempt: row.attempt,
    sentAt: row.sent_at,
    settledAt: row.settled_at,
    balanceEvidence: row.balance_evidence === null ? null : JSON.parse(row.balance_evidence),
    turn: row.turn,
    seq: row.seq,
  };
}

/** A row before the database gives it its `seq`. */
export type NewPlacementRow = Omit<PlacementRow, 'seq'>;

/** A PENDING placement in its first attempt, marked as sent where `sent` is given. */
export function encodeNewPlacement(
  placement: NewPlacement,
  { owner, sent }: { readonly owner: string; readonly sent: Sending | undefined },
): NewPlacementRow {
  return {
    id: placement.id,
    caller: placement.caller,
    idempotency_key: placement.idempotencyKey,
    fingerprint: placement.fingerprint,
    reference: placement.reference,
    panel: placement.panel,
    panel_host: placement.panelHost,
    panel_dialect: placement.panelDialect,
    service_number: placement.serviceNumber,
    details: JSON.stringify(placement.details ?? null),
    state: 'PENDING',
    order_status: '',
    is_retryable: 0,
    settled_by: null,
    order_number: null,
    ...encodeCharges(placement),
    ...encodeError(null),
    owner,
    attempt: 1,
    created_at: wholeMs(placement.createdAt),
    settled_at: null,
    account: null,
    turn: null,
    ...encodeSending(sent ?? null),
  };
}

export function encodeSending(sent: Sending | null) {
  return { sent_at: wholeMs(sent?.at ?? null), balance_evidence: encodeEvidence(sent?.balanceEvidence) };
}

export function encodeEvidence(evidence: BalanceEvidence | null | undefined): string | null {
  return evidence ? JSON.stringify(evidence) : null;
}

export function encodeCharges({ estimatedCharge, maxCharge }: Pick<NewPlacement, 'estimatedCharge' | 'maxCharge'>) {
  return {
    estimated_amount: estimatedCharge?.amount ?? null,
    estimated_currency: estimatedCharge?.currency ?? null,
    max_charge_amount: maxCharge?.amount ?? null,
    max_charge_currency: maxCharge?.currency ?? null,
  };
}

export function encodeError(error: PlacementError | null) {
  return {
    error_code: error?.code ?? null,
    error_message: storable(error?.message ?? null),
    panel_message: storable(error?.panelMessage ?? null),
    retry_after_ms: wholeMs(error?.retryAfterMs ?? null),
    is_unrecognised: error?.isUnrecognised ? 1 : 0,
  };
}

function errorOf(row: PlacementRow): PlacementError | null {
  if (row.error_code === null) return null;
  return {
    // Versions only add codes, so a code that this version does not know is passed on as it is.
    code: row.error_code as ProviderCode,
    message: row.error_message ?? '',
    panelMessage: row.panel_message,
    ...(row.is_unrecognised === 1 && { isUnrecognised: true }),
    retryAfterMs: row.retry_after_ms,
  };
}

function moneyOf(amount: string | null, currency: string | null): Money | null {
  return amount === null || currency === null ? null : { amount, currency };
}
