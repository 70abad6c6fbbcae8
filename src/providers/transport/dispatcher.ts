/** Who at a panel goes first: spending, look-ups, the tracker, lists. */
export type Priority = 'spending' | 'lookup' | 'tracker' | 'list';
