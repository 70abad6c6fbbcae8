/** What panels say in one language, in the notation of compile-phrases.ts. */
import type { RefusalCode } from '../../../../domain/errors.ts';

/** The codes that whole sentences are known for. */
export type PhraseCode = RefusalCode | 'RATE_LIMITED';

export interface Language {
  /**
   * Whole sentences: a text is a refusal only where each of its words belongs to one of them, or to an opening or a
   * closing beside it. `PANEL_REJECTED` is for what is surely a refusal and has no code of its own.
   */
  readonly refusals: Readonly<Partial<Record<PhraseCode, readonly string[]>>>;
  /** Refusals that ask for a quantity which was not sent. They are refusals of a quantity too. */
  readonly quantityDemands: readonly string[];
  /** Refusals that say that something is missing, and not what. */
  readonly missingParameters: readonly string[];
  /** Refusals of a call that names several orders, by a panel that looks for one. */
  readonly orderDemands: readonly string[];
  /** What may stand before a refusal and says nothing. */
  readonly openings: readonly string[];
  /** What may stand behind a refusal and says nothing. */
  readonly closings: readonly string[];
  /** What may stand behind a refusal for the pace. Behind another, "later" tells of a failure. */
  readonly waits: readonly string[];
  /** Parts of sentences that tell of the panel's own failure, or send the caller away until later. */
  readonly failures: readonly string[];
  /** Parts of sentences that tell that something was done. */
  readonly deeds: readonly string[];
}
