/** The outcome of an attempt as columns of its placement. */
import { wholeMs } from '../../database/rows.ts';
import type { PlacementRow } from '../../database/tables.ts';
import type { Settlement } from './placement-records.ts';
import { encodeError, encodeEvidence } from './placement-rows.ts';

export type OutcomeColumns = Pick<
  PlacementRow,
  | 'state'
  | 'order_number'
  | 'order_status'
  | 'is_retryable'
  | 'settled_by'
  | 'settled_at'
  | 'balance_evidence'
  | keyof ReturnType<typeof encodeError>
>;

/** Always has every column. A settlement without evidence keeps the evidence that was noted before. */
export function encodeOutcome(
  { settlement, settledBy }: { readonly settlement: Settlement; readonly settledBy: 'panel' | 'operator' },
  { balance_evidence: noted }: Pick<PlacementRow, 'balance_evidence'>,
): OutcomeColumns {
  const evidence = settlement.state === 'PLACED' ? noted : (encodeEvidence(settlement.balanceEvidence) ?? noted);
  const unsettled = { order_number: null, order_status: '', is_retryable: 0, settled_by: null, settled_at: null };
  switch (settlement.state) {
    case 'PLACED':
      return {
        ...unsettled,
        state: 'PLACED',
        order_number: settlement.orderNumber,
        order_status: 'PENDING',
        settled_by: settledBy,
        settled_at: wholeMs(settlement.at),
        balance_evidence: evidence,
        ...encodeError(null),
      };
    case 'REJECTED':
      return {
        ...unsettled,
        state: 'REJECTED',
        is_retryable: settlement.isRetryable ? 1 : 0,
        settled_by: settlement.isRetryable ? null : settledBy,
        settled_at: wholeMs(settlement.at),
        balance_evidence: evidence,
        ...encodeError(settlement.error),
      };
    case 'UNKNOWN':
      return { ...unsettled, state: 'UNKNOWN', balance_evidence: evidence, ...encodeError(settlement.error) };
  }
}
