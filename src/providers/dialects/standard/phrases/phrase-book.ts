/** Reads a panel's words by the phrases of all languages. */
import { compilePhrases } from './compile-phrases.ts';
import { english } from './english/english.ts';
import { NAME_OF_ERROR, SOFTWARE_FAILURES } from './english/software-failures.ts';
import { foldText, MAX_TEXT_LENGTH } from './fold-text.ts';
import type { Language, PhraseCode } from './language.ts';
import { LANGUAGES } from './languages.ts';
import { createSurroundingsFinder, type Surroundings, whole } from './whole-sentences.ts';

/** A whole refusal in words is a sentence or two. */
const MAX_REFUSAL_LENGTH = 320;

/** The code that a text as a whole is known to mean; null where one of its words belongs to no known phrase. */
export function findPhraseCode(text: string): PhraseCode | null {
  const words = readSentence(text);
  if (words === null) return null;
  for (const { partsOf, refusals } of [...CHAPTERS, ...WAITS]) {
    const parts = partsOf(words);
    const found = refusals.find(([, phrase]) => parts.some((part) => phrase.test(part)));
    if (found) return found[0];
  }
  return null;
}

/** Whether a text tells, anywhere in it, of a failure of the software or of the panel, in any language. */
export function tellsOfFailure(text: string): boolean {
  const words = foldText(text);
  return NAME_OF_ERROR.test(words) || FAILURES.some((failures) => failures.test(words));
}

/** As `tellsOfFailure`, leaving out what is said in English without naming software. */
export function tellsOfForeignFailure(text: string): boolean {
  const words = foldText(text);
  return NAME_OF_ERROR.test(words) || FOREIGN_FAILURES.some((failures) => failures.test(words));
}

/** Whether a text tells, anywhere in it, that something was done. */
export function tellsOfDeed(text: string): boolean {
  const words = foldText(text);
  return DEEDS.some((deeds) => deeds.test(words));
}

/**
 * Whether a text refuses an order for want of a quantity: nothing was bought, and with a quantity it may be. The text
 * as a whole must say so.
 */
export function demandsQuantity(text: string): boolean {
  return isSaidIn(({ quantityDemand }) => quantityDemand, text);
}

/** Whether a text refuses the form of a call, as a panel does that looks for one order where several are named. */
export function refusesTheForm(text: string): boolean {
  return isSaidIn(({ formRefusal }) => formRefusal, text);
}

/**
 * Whether a text says that the caller has no access, in words that software may say of something else: they count
 * under an HTTP status that says so too.
 */
export function deniesAccess(text: string): boolean {
  const words = readSentence(text);
  return words !== null && ACCESS_DENIAL.test(words);
}

const ACCESS_DENIAL = whole([
  '(access)? (denied|forbidden)|(invalid|incorrect|expired|wrong|missing) (token|credentials|signature|api key|key)',
  'unauthorized|unauthenticated|not authenticated|not authorized|user not found|account (disabled|locked|inactive)|(api)? authentication (failed|required|error)|permission denied|(token|key) (is)? (invalid|expired|required)',
  'you do not have permission to perform this action|(incorrect|invalid) authentication credentials|(invalid)? login required',
]);

/** The phrases of one language by what they mean, in the order in which they are tried. */
interface Chapter {
  /** What is left of folded words without what says nothing around them. */
  readonly partsOf: (words: string) => readonly string[];
  readonly refusals: readonly (readonly [PhraseCode, RegExp])[];
  readonly quantityDemand: RegExp;
  readonly formRefusal: RegExp;
}

const languages = Object.values(LANGUAGES);
const CHAPTERS = languages.map(createChapter);
/** How a text ends that sends the caller away until later. */
const WAITS = languages.map(createWaitingChapter);

const FOREIGN_FAILURES = [
  SOFTWARE_FAILURES,
  ...languages.filter((language) => language !== english).map(({ failures }) => failures),
].map(anywhere);
const FAILURES = [...FOREIGN_FAILURES, anywhere(english.failures)];
const DEEDS = languages.map(({ deeds }) => anywhere(deeds));

function createChapter(language: Language): Chapter {
  const { refusals, quantityDemands, missingParameters, orderDemands } = language;
  return {
    partsOf: createSurroundingsFinder(surroundingsOf(language)),
    refusals: [
      ['INVALID_QUANTITY', whole(quantityDemands)],
      ...Object.entries(refusals).map(([code, phrases]) => [code as PhraseCode, whole(phrases)] as const),
      ['PANEL_REJECTED', whole(missingParameters)],
    ],
    quantityDemand: whole([...quantityDemands, ...missingParameters]),
    formRefusal: whole([...orderDemands, ...missingParameters]),
  };
}

/** "Later" behind a refusal for the pace belongs to it; behind another it tells of a failure. */
function createWaitingChapter(language: Language): Pick<Chapter, 'partsOf' | 'refusals'> {
  const { openings, closings } = surroundingsOf(language);
  return {
    partsOf: createSurroundingsFinder({ openings, closings: [...closings, ...language.waits] }),
    refusals: [['RATE_LIMITED', whole(language.refusals.RATE_LIMITED ?? [])]],
  };
}

/** English openings stand before any language. */
function surroundingsOf({ openings, closings }: Language): Surroundings {
  return { openings: [...new Set([...openings, ...english.openings])], closings };
}

/** Parts of texts: phrases at the beginning of any word. */
function anywhere(phrases: readonly string[]): RegExp {
  return new RegExp(`(?:^|(?<= ))${compilePhrases(phrases)}`);
}

/** The words of a text that is short enough to be a refusal; null where it is not, or has no words. */
function readSentence(text: string): string | null {
  if (text.length > MAX_TEXT_LENGTH) return null;
  const words = foldText(text);
  return words === '' || words.length > MAX_REFUSAL_LENGTH ? null : words;
}

function isSaidIn(phraseOf: (chapter: Chapter) => RegExp, text: string): boolean {
  const words = readSentence(text);
  return (
    words !== null && CHAPTERS.some((chapter) => chapter.partsOf(words).some((part) => phraseOf(chapter).test(part)))
  );
}
