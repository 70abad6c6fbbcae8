import type { Chance } from '../simulation/chance.ts';

/** The words of a finished order. */
export type Ending = 'Completed' | 'Partial' | 'Canceled';

/** How an order goes, in place of what chance would draw. Durations count from its placing. */
export interface OrderPlan {
  readonly pendingMs: number;
  readonly lengthMs: number;
  readonly ending: Ending;
}

/** How an order will go if nobody cancels it; instants in milliseconds. */
export interface Course {
  /** Until then `Pending`. */
  pendingUntil: number;
  /** From there until then `Processing`; not later than `pendingUntil` for an order that skips it. */
  processingUntil: number;
  /** The instant of the ending; until then `In progress`. */
  endsAt: number;
  ending: Ending;
  /** How much arrives, 0 to the quantity: all of it only of a `Completed` order. */
  arrives: number;
}

/**
 * Draws the course of an order of `quantity` pieces. `lengthMs` is the shortest it takes; the longest is twice that.
 * About six in seven orders are completed; one piece is never partial.
 */
export function drawCourse(
  chance: Chance,
  { now, quantity, lengthMs }: { now: number; quantity: number; lengthMs: number },
): Course {
  const length = lengthMs * (1 + chance.share());
  const pendingUntil = now + length * (0.03 + 0.1 * chance.share());
  const processes = chance.share() < 0.3;
  const fate = chance.share();
  const ending: Ending =
    fate < 0.86 || (fate < 0.94 && quantity < 2) ? 'Completed' : fate < 0.94 ? 'Partial' : 'Canceled';
  return {
    pendingUntil,
    processingUntil: processes ? pendingUntil + length * 0.1 : pendingUntil,
    endsAt: now + length,
    ending,
    arrives: ending === 'Completed' ? quantity : ending === 'Canceled' ? 0 : chance.integer(1, quantity - 1),
  };
}

/** The course of an order that is decided beforehand; a partial one brings three in five. */
export function followPlan({ pendingMs, lengthMs, ending }: OrderPlan, now: number, quantity: number): Course {
  const share = { Completed: 1, Partial: 0.6, Canceled: 0 }[ending];
  const pendingUntil = now + pendingMs;
  return {
    pendingUntil,
    processingUntil: pendingUntil,
    endsAt: now + lengthMs,
    ending,
    arrives: Math.floor(quantity * share),
  };
}

/** Where a course stands before its end: the panel's word, and how much has arrived (never falling). */
export function standingAt(course: Course, now: number): { status: string; arrived: number } {
  if (now < course.pendingUntil) return { status: 'Pending', arrived: 0 };
  if (now < course.processingUntil) return { status: 'Processing', arrived: 0 };
  const share = (now - course.processingUntil) / (course.endsAt - course.processingUntil);
  return { status: 'In progress', arrived: Math.floor(course.arrives * Math.min(1, share)) };
}
