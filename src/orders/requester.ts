import type { Caller } from '../access/caller.ts';
import type { CallAllowance } from '../providers/pacing/call-allowance.ts';

/** Who asks for something, and the calls to panels that the request may still cause. */
export interface Requester {
  readonly caller: Caller;
  readonly calls: CallAllowance;
}
