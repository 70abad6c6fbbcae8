/** The words in which orders and refills are followed: what a panel said, and when to ask it again. */

/** A state as a panel gave it, with the time of the next check. */
export interface SavedState<State> {
  readonly number: string;
  readonly state: State;
  /** Absent: the next check stays as it was, or is dropped where the state is final. */
  readonly nextCheckAt?: number | null;
}

export interface CheckSchedule {
  readonly number: string;
  /** Null: not tracked any more. */
  readonly nextCheckAt: number | null;
}

/** Takes what is due, earliest first, and puts its next check off, so that a crash in between loses nothing. */
export interface DueClaim {
  readonly panel: string;
  readonly now: number;
  readonly limit: number;
  /** The next check of everything that is taken, until its state is saved. */
  readonly until: number;
}
