/**
 * What panels say when they refuse anything but an `add`, by broad patterns over lower-case words. classify.ts says in
 * which order they are tried. Each pattern is bounded: `.{0,40}` instead of `.*`.
 */
import type { ProviderCode } from '../../../../domain/errors.ts';

export type Patterns = readonly RegExp[];
export type CodePatterns = readonly (readonly [code: ProviderCode, patterns: Patterns])[];

/** The panel says outright that it broke. What became of the call, nobody knows. */
export const FAILURE: Patterns = [
  /internal.{0,20}error|(?:server|system|fatal|unexpected|unknown|processing|gateway) error/,
  /\bdatabase\b|\bdb error|\bsql|mysql|mariadb|postgres|\bpdo\b|deadlock|access denied for user/,
  /exception|stack trace|out of memory|undefined (?:index|variable|array|offset|property)/,
  /\btime[ds]?[ _-]?out|bad gateway|\bcurl\b|could ?(?:not|n't) connect/,
  /connection (?:refused|reset|lost|failed|closed|error|aborted)/,
  /something (?:went|is|was) wrong/,
];

/** Not let through: the panel counts calls, and this one was one too many. */
export const RATE: Patterns = [
  /rate.?limit|too many (?:requests|attempts|calls)|throttl|slow down/,
  /(?:requests?|calls?|api) limit|(?:requests|calls) per (?:second|minute|hour)/,
];

/** May be the panel's own failure. Tried late: "Incorrect link, try again" is about the link. */
export const DOUBTFUL: Patterns = [
  /try again|try later|come back later|unavailable|temporar|maintenance|overload|\bbusy\b|unexpected/,
  /(?:service|system|api|panel|site|provider|server)s? (?:is |are )?(?:currently )?(?:not available|down|offline)/,
  /error (?:has |was )?occurr?ed|(?:order|request) (?:has )?failed/,
  /(?:failed|unable) to (?:process|create|place|send|save|complete)/,
  /(?:can ?not|can't|could not|couldn't) (?:be )?(?:process|create|place|sen[dt]|save)/,
];

/** Refusals that mean the same whatever was asked. An `add` needs more certainty: see the folder phrases. */
export const REFUSALS: CodePatterns = [
  [
    'INVALID_KEY',
    [
      /(?:invalid|incorrect|wrong|bad|missing|unknown|expired|no) (?:api[ _-]?)?(?:key|token)\b/,
      /(?:api[ _-]?key|^key|token) (?:is |was |has )?(?:been )?(?:not |in|wrong|missing|expired|required|disabled|blocked)/,
      /^(?:(?:your|the|this|api) ){0,3}(?:account|user) (?:is |was |has been )?(?:blocked|banned|suspended|disabled|inactive)/,
      /unauthori[sz]ed|unauthenticated|authentication (?:failed|required)|access denied|^forbidden/,
    ],
  ],
  [
    'INSUFFICIENT_FUNDS',
    [
      /(?:not enough|insufficient|low|no)[ _](?:funds?|balance|money|credits?)/,
      /(?:funds?|balance|credits?) (?:is |are )?(?:not enough|insufficient|too low|not sufficient)/,
    ],
  ],
  [
    'REFILL_NOT_FOUND',
    [/refills? .{0,20}(?:not found|n[o']t exist)/, /(?:incorrect|invalid|wrong|unknown|no such) refill/],
  ],
  [
    'REFILL_NOT_ALLOWED',
    [
      /(?:no|without) refill/,
      /refill.{0,40}(?:\bnot\b|n't|cannot|disabled|unavailable|denied|already|expired|impossible|wait)/,
      /(?:\bnot\b|n't|cannot|unable|already|impossible).{0,40}refill/,
    ],
  ],
];

/** An id that the panel does not know. */
export const UNKNOWN_ID: Patterns = [
  /(?:incorrect|invalid|wrong|unknown|bad|no such) (?:order[ _]?)?(?:ids?|numbers?)\b/,
  /(?:incorrect|invalid|unknown|no such) orders?$|orders?(?: ids?)? (?:is |are )?(?:invalid|incorrect|unknown)$/,
  /orders?(?: ids?| numbers?)? .{0,20}(?:not found|n[o']t exist)|\bids? (?:is |was )?(?:not found|invalid|incorrect)/,
];

/** Beside the id that was asked, these are about the id; as the answer to a call they may be about the address. */
export const BARE_UNKNOWN_ID: Patterns = [
  /^(?:error:? ?)?(?:(?:is )?not found|(?:does not|doesn't) exist|no data(?: found)?)$/,
];

/** The state of the order stands against what was asked. */
export const AGAINST_STATE: Patterns = [
  /complet|finish|progress|already|partial|cancel|status|expired|too (?:late|early)/,
  /not (?:allowed|possible|permitted|supported)|can ?not|can't/,
];
