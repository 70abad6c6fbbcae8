/** An answer that cannot be read, with the reason in a few words, such as `it has more than 250000 entries`. */
export class UnreadableAnswerError extends Error {}

/** The reason where nothing more is known. */
export const NOT_THE_PROTOCOL = 'not what the protocol says';
