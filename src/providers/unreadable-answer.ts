/** An answer that cannot be read, with the reason in a few words, such as `it has more than 250000 entries`. */
export class UnreadableAnswerError extends Error {}
