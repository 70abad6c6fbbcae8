/** Names a panel's words by their kind, and says what they mean for the money. */
import type { Outcome, ProviderCode } from '../../../domain/errors.ts';
import type { Action, Refusal } from '../../dialect.ts';
import {
  ADD_REFUSALS,
  AGAINST_STATE,
  BARE_UNKNOWN_ID,
  DOUBTFUL,
  FAILURE,
  type Patterns,
  RATE,
  REFUSALS,
  UNKNOWN_ID,
} from './error-patterns.ts';
import { EXACT_PHRASES } from './error-phrases.ts';

/** What a refusal says stands at its beginning; patterns over more than this would only cost time. */
const MAX_LENGTH = 400;

/**
 * Classifies the words of a whole refusal: exact texts first, then broad patterns, without case.
 * Words that may be the panel's own failure are `unknown`, so that no purchase is taken for refused by mistake.
 */
export function classify(text: string, action: Action): Refusal {
  return refusalOf(findCode(normalized(text), action), text);
}

/** As `classify`, for words that stand beside one id of several. */
export function classifyBesideId(text: string, action: Action): Refusal {
  const code = matches(BARE_UNKNOWN_ID, normalized(text)) ? UNKNOWN_ID_CODES[action] : undefined;
  return code ? refusalOf(code, text) : classify(text, action);
}

/** Whether a text is an error that panels word exactly so: enough to know it where nothing says that it is one. */
export function isKnownError(text: string): boolean {
  return EXACT_PHRASES.has(normalized(text));
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

function findCode(text: string, action: Action): ProviderCode {
  const exact = EXACT_PHRASES.get(text);
  if (exact) return exact === 'ORDER_NOT_FOUND' ? (UNKNOWN_ID_CODES[action] ?? exact) : exact;
  if (matches(FAILURE, text)) return 'PANEL_ERROR';
  if (matches(RATE, text)) return 'RATE_LIMITED';
  const refusals = action === 'add' ? [...REFUSALS, ...ADD_REFUSALS] : REFUSALS;
  const refusal = refusals.find(([, patterns]) => matches(patterns, text));
  if (refusal) return refusal[0];
  const [unknownId, againstState] = [UNKNOWN_ID_CODES[action], AGAINST_STATE_CODES[action]];
  if (unknownId && matches(UNKNOWN_ID, text)) return unknownId;
  if (matches(DOUBTFUL, text)) return 'PANEL_ERROR';
  if (againstState && matches(AGAINST_STATE, text)) return againstState;
  return 'PANEL_REJECTED';
}

function matches(patterns: Patterns, text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

function refusalOf(code: ProviderCode, text: string): Refusal {
  return {
    code,
    outcome: OUTCOMES[code] ?? 'rejected',
    isRecognised: code !== 'PANEL_REJECTED',
    panelMessage: text.trim(),
  };
}

function normalized(text: string): string {
  const words = text.trim().slice(0, MAX_LENGTH).toLowerCase().replaceAll('’', "'").replace(/\s+/g, ' ');
  return words.replace(/ ?[.!]{1,9}$/, '');
}
