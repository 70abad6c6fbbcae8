/** Names a panel's words by their kind, and says what they mean for the money. */
import type { Outcome, ProviderCode } from '../../../../domain/errors.ts';
import type { Action, Refusal } from '../../../dialect.ts';
import type { PhraseCode } from '../phrases/language.ts';
import {
  deniesAccess,
  findPhraseCode,
  tellsOfDeed,
  tellsOfFailure,
  tellsOfForeignFailure,
} from '../phrases/phrase-book.ts';
import {
  AGAINST_STATE,
  BARE_UNKNOWN_ID,
  DOUBTFUL,
  FAILURE,
  type Patterns,
  RATE,
  REFUSALS,
  UNKNOWN_ID,
} from './error-patterns.ts';

/** What a refusal says stands at its beginning; patterns over more than this would only cost time. */
const MAX_LENGTH = 400;

/**
 * Classifies the words of a whole refusal. For an `add` only a text that is known as a whole is a refusal: whatever
 * else a panel says, it may say after it has bought. For other actions broad patterns count, too.
 */
export function classify(text: string, action: Action): Refusal {
  if (action === 'add') return classifyAdd(text);
  const code = findCode(text, action);
  return {
    code,
    outcome: OUTCOMES[code] ?? 'rejected',
    isRecognised: code !== 'PANEL_REJECTED',
    panelMessage: text.trim(),
  };
}

/** As `classify`, with what the HTTP status adds: under 401 and 403 a few words more are known to speak of the key. */
export function classifyUnderStatus(text: string, action: Action, httpStatus: number): Refusal {
  const isOfAccess = (httpStatus === 401 || httpStatus === 403) && deniesAccess(text);
  return isOfAccess
    ? { code: 'INVALID_KEY', outcome: 'rejected', isRecognised: true, panelMessage: text.trim() }
    : classify(text, action);
}

/** As `classify`, for words that stand beside one id of several. */
export function classifyBesideId(text: string, action: Action): Refusal {
  const code = matches(BARE_UNKNOWN_ID, normalized(text)) ? UNKNOWN_ID_CODES[action] : undefined;
  return code ? { code, outcome: 'rejected', isRecognised: true, panelMessage: text.trim() } : classify(text, action);
}

/** Whether a text as a whole is a refusal that panels are known for: enough where nothing says that it is an error. */
export function isKnownError(text: string, action: Action): boolean {
  const code = findPhraseCode(text);
  return code !== null && (action !== 'add' || !NOT_OF_ADD.has(code));
}

/** These are about an order that is there, so after an `add` they would be about the one just made. */
const NOT_OF_ADD: ReadonlySet<PhraseCode> = new Set([
  'ORDER_NOT_FOUND',
  'REFILL_NOT_FOUND',
  'REFILL_NOT_ALLOWED',
  'CANCEL_NOT_ALLOWED',
]);

function classifyAdd(text: string): Refusal {
  const panelMessage = text.trim();
  const code = findPhraseCode(text);
  if (code !== null && !NOT_OF_ADD.has(code)) {
    return { code, outcome: OUTCOMES[code] ?? 'rejected', isRecognised: true, panelMessage };
  }
  const isRecognised = tellsOfFailure(text) || tellsOfDeed(text);
  return { code: 'PANEL_ERROR', outcome: 'unknown', isRecognised, panelMessage };
}

/** What "no such id" means for the actions that name one. */
const UNKNOWN_ID_CODES: Readonly<Partial<Record<Action, ProviderCode>>> = {
  status: 'ORDER_NOT_FOUND',
  refill: 'ORDER_NOT_FOUND',
  cancel: 'ORDER_NOT_FOUND',
  refill_status: 'REFILL_NOT_FOUND',
};

/** What it means that an order's state stands against an action. */
const AGAINST_STATE_CODES: Readonly<Partial<Record<Action, ProviderCode>>> = {
  refill: 'REFILL_NOT_ALLOWED',
  cancel: 'CANCEL_NOT_ALLOWED',
};

const OUTCOMES: Readonly<Partial<Record<ProviderCode, Outcome>>> = { RATE_LIMITED: 'not-sent', PANEL_ERROR: 'unknown' };

function findCode(words: string, action: Action): ProviderCode {
  const known = findPhraseCode(words);
  if (known) return known === 'ORDER_NOT_FOUND' ? (UNKNOWN_ID_CODES[action] ?? known) : known;
  const text = normalized(words);
  if (matches(FAILURE, text)) return 'PANEL_ERROR';
  if (matches(RATE, text)) return 'RATE_LIMITED';
  const refusal = REFUSALS.find(([, patterns]) => matches(patterns, text));
  if (refusal) return refusal[0];
  const [unknownId, againstState] = [UNKNOWN_ID_CODES[action], AGAINST_STATE_CODES[action]];
  if (unknownId && matches(UNKNOWN_ID, text)) return unknownId;
  if (matches(DOUBTFUL, text) || tellsOfForeignFailure(words)) return 'PANEL_ERROR';
  if (againstState && matches(AGAINST_STATE, text)) return againstState;
  return 'PANEL_REJECTED';
}

function matches(patterns: Patterns, text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

function normalized(text: string): string {
  const words = text.trim().slice(0, MAX_LENGTH).toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ');
  return words.replace(/ ?[.!]{1,9}$/, '');
}
