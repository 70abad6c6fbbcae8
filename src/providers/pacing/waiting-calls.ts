/** Calls that wait for leave, by how pressing they are. */
import type { CallSlot, Priority } from './call-slot.ts';

export interface WaitingCall {
  /** An `add`, paced on its own besides. */
  readonly isAdd: boolean;
  readonly priority: Priority;
  /** Instant in ms until which the caller can wait. */
  readonly deadlineAt: number;
  readonly resolve: (slot: CallSlot) => void;
  readonly reject: (error: Error) => void;
}

const PRIORITIES: readonly Priority[] = ['spending', 'lookup', 'tracker', 'list'];
const BELOW_LOOKUPS: readonly Priority[] = ['tracker', 'list'];
/** At least one call in so many goes to those below look-ups, or a list would never be read while these go on. */
const MOST_PASSED_OVER = 8;

export class WaitingCalls {
  readonly #byPriority: Record<Priority, WaitingCall[]> = { spending: [], lookup: [], tracker: [], list: [] };
  #addCount = 0;
  #firstDeadlineAt = Number.POSITIVE_INFINITY;
  /** How many look-ups in a row went before a call below them. */
  #passedOver = 0;

  get count(): number {
    return this.countUpTo('list');
  }

  get addCount(): number {
    return this.#addCount;
  }

  get isSpendingWaiting(): boolean {
    return this.#byPriority.spending.length > 0;
  }

  /** No deadline of a call that waits lies before it. */
  get firstDeadlineAt(): number {
    return this.#firstDeadlineAt;
  }

  /** How many calls wait that are as pressing as this, or more so. */
  countUpTo(priority: Priority): number {
    let count = 0;
    for (const each of PRIORITIES) {
      count += this.#byPriority[each].length;
      if (each === priority) break;
    }
    return count;
  }

  add(call: WaitingCall): void {
    this.#byPriority[call.priority].push(call);
    if (call.isAdd) this.#addCount += 1;
    this.#firstDeadlineAt = Math.min(this.#firstDeadlineAt, call.deadlineAt);
  }

  /** Takes the next call that spends; one that is no `add` where adds may not go. */
  takeSpending({ mayAdd }: { readonly mayAdd: boolean }): WaitingCall | undefined {
    const { spending } = this.#byPriority;
    const index = mayAdd ? 0 : spending.findIndex(({ isAdd }) => !isAdd);
    const [taken] = index < 0 ? [] : spending.splice(index, 1);
    return this.#counted(taken);
  }

  /** Takes the next call that does not spend. */
  takeReading(): WaitingCall | undefined {
    const { lookup } = this.#byPriority;
    const below = BELOW_LOOKUPS.find((priority) => this.#byPriority[priority].length > 0);
    if (below && (lookup.length === 0 || this.#passedOver >= MOST_PASSED_OVER)) {
      this.#passedOver = 0;
      return this.#counted(this.#byPriority[below].shift());
    }
    if (below && lookup.length > 0) this.#passedOver += 1;
    return this.#counted(lookup.shift());
  }

  /** Takes the calls whose deadline is not after `now`. */
  takeExpired(now: number): WaitingCall[] {
    if (now < this.#firstDeadlineAt) return [];
    const all = this.takeAll();
    for (const call of all) if (call.deadlineAt > now) this.add(call);
    return all.filter(({ deadlineAt }) => deadlineAt <= now);
  }

  takeAll(): WaitingCall[] {
    this.#addCount = 0;
    this.#firstDeadlineAt = Number.POSITIVE_INFINITY;
    return PRIORITIES.flatMap((priority) => this.#byPriority[priority].splice(0));
  }

  #counted(taken: WaitingCall | undefined): WaitingCall | undefined {
    if (taken?.isAdd) this.#addCount -= 1;
    return taken;
  }
}
