/** Members that contradict the order number that they stand beside, in the many ways in which panels spell them. */
import type { WireValue } from '../../../dialect.ts';
import { isRecord } from '../reading/envelope.ts';
import { isNothing } from './error-words.ts';

/** Members that tell of an error, without regard to case, `_` and `-`. */
const ERROR_MEMBERS: ReadonlySet<string> = new Set(['err', 'error', 'errors', 'errormessage', 'errormsg', 'exception']);
/** Members that say yes or no. */
const DEED_MEMBERS: ReadonlySet<string> = new Set(['ok', 'success', 'succeeded', 'successful']);
const NO = /^(?:no|n|0|false|error|errors|fail|failed|failure)$/i;
const MAX_MEMBERS = 50;

/** Whether a record with an order number also says that the order has failed. */
export function contradictsNumber(value: WireValue | undefined): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value)
    .slice(0, MAX_MEMBERS)
    .some(([name, said]) => {
      const member = name.toLowerCase().replaceAll(/[_-]/g, '');
      if (ERROR_MEMBERS.has(member)) return !isNothing(said);
      return DEED_MEMBERS.has(member) && (said === false || (typeof said === 'string' && NO.test(said.trim())));
    });
}
