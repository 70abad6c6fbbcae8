/** English: what panels say in it. The words of their software are in software-failures.ts. */
import type { Language } from '../language.ts';
import { ENGLISH_DEEDS, ENGLISH_FAILURES } from './english-failures.ts';
import { FIELD_IS_MISSING, FIELD_IS_WRONG } from './english-fields.ts';
import { ENGLISH_INVALID_LINK, ENGLISH_INVALID_QUANTITY, ENGLISH_LINK_BUSY } from './english-orders.ts';

const FUNDS = '(funds|fund|balance|money|credit|credits|account balance|wallet balance|user balance)';
const WALLET = '(your|the|this|user)? (balance|account|wallet)';
// A bare "key" or "token" is what a dictionary, a queue or a parser misses, too.
const KEY = '(api key|apikey|api token|api credentials|api key or user|user or api key)';
const ACCOUNT = '(account|user|user account|api account|api access)';
const LOCKED = '(blocked|banned|suspended|disabled|disable|inactive|not active|locked|deactivated|not activated)';
const SERVICE = '(service|service id|service number|order service|order service id)';
const WRONG = '(invalid|incorrect|wrong|unknown|bad|missing|disabled|inactive|invalid or disabled|invalid or inactive)';
const OF_A_KEY =
  '(expired|no|empty|an empty|missing or invalid|invalid or missing|invalid or expired|invalid or revoked)';
const IS = '(is|was|are|has been|have been|is currently)';

export const english: Language = {
  refusals: {
    INVALID_KEY: [
      `(the|an|your|this)? (${WRONG}|${OF_A_KEY}) ${KEY} (provided|supplied|given|specified)?`,
      `(the|your|this)? (provided|given)? ${KEY} ${IS}? (${WRONG}|not valid|not correct|required|not found|revoked)`,
      `(the|your|this)? ${KEY} ${IS}? (not active|blocked|not provided|empty|missing or invalid|not recognized)`,
      'your key (is)? (invalid|incorrect|wrong)|missing (parameter|field) key',
      `(key|api key) (${FIELD_IS_MISSING}|${FIELD_IS_WRONG})`,
      '(the|your|this)? api key (is|has)? (expired|not exist|does not exist|doesn’t exist)',
      `(the|this|api)? ${ACCOUNT} ${IS} ${LOCKED}|your ${ACCOUNT} ${IS}? (${LOCKED}|not found)|user inactive or deleted`,
      'api (is|access is)? (disable|disabled|not enabled|not active) (for (this|your) (user|account))? (or user not found)?',
      '(you are)? (unauthenticated|unauthorized|unauthorised)|you are not (authenticated|authorized|logged in)',
      '(unauthorized|forbidden|access denied) (invalid|incorrect) api key',
      'authentication credentials were not provided|could not validate credentials|(your)? api key or (account|user) (is)? (invalid|disabled)',
    ],
    INSUFFICIENT_FUNDS: [
      `(you do not have enough)? (not enough|insufficient|no) ${FUNDS} ((on|in) ${WALLET})? (for this order)?`,
      `(there (is|are))? (not enough|insufficient|no) ${FUNDS} ((on|in) ${WALLET})? (to (place|make|complete) (this|the|an) order)?`,
      `(you|your account) (do not|don’t|does not|doesn’t) have (enough|sufficient) ${FUNDS} ((on|in) ${WALLET})? (for this order)?`,
      `you (do not|don’t) have (enough|sufficient) ${FUNDS} to (place|make|complete) (this|the|an|your) order`,
      `(your|the|user)? ${FUNDS} (is|are)? (not enough|insufficient|too low|not sufficient) (for this order)?`,
      'neworder error (not enough funds|balance|insufficient balance)',
    ],
    LINK_BUSY: ENGLISH_LINK_BUSY,
    INVALID_QUANTITY: ENGLISH_INVALID_QUANTITY,
    INVALID_SERVICE: [
      `(the|this|selected)? ${SERVICE} (is)? not available for (your|this) (account level|account|level|plan|region|country|link)`,
      `(the|an)? (${WRONG}|no such|not found) ${SERVICE} (provided|specified|selected|#)?`,
      `(the|this|your|selected|requested|the selected|the requested)? ${SERVICE} (with (this)? id)? #? ${IS}? (${WRONG}|not valid)`,
      `(the|this|selected|the selected|requested)? ${SERVICE} #? ${IS}? (not found|not exist|not exists|not active|not enabled)`,
      `(the|this|selected|the selected|requested)? ${SERVICE} #? (does not|doesn’t|do not) exist (or (is)? (disabled|inactive))?`,
      `(the|this|selected|the selected)? ${SERVICE} #? ${IS}? (removed|deleted|discontinued|not found or (disabled|inactive))`,
      `(the|a)? ${SERVICE} (field|parameter)? (is)? (required|empty|not specified|not provided)`,
      `missing (required)? (parameter|field|param)? ${SERVICE}|no service (found|selected)|neworder error service`,
      `neworder error ${SERVICE} (not found|disabled|inactive)|${SERVICE} (${FIELD_IS_MISSING}|${FIELD_IS_WRONG})`,
    ],
    INVALID_LINK: ENGLISH_INVALID_LINK,
    ORDER_NOT_FOUND: [
      '(this|the|your)? order (id|ids|number|with (this|that) id)? #? (is|was)? (not found|not exist|does not exist|doesn’t exist)',
      '(incorrect|invalid|wrong|unknown|no such) order (id|ids|number)?|no order (was)? found',
    ],
    REFILL_NOT_FOUND: [
      '(incorrect|invalid|wrong|unknown|no such) refill (id|ids)?|refill (id)? #? (is|was)? not found',
    ],
    REFILL_NOT_ALLOWED: [
      '(this|the) (service|order) has no refill|refill is not (available|allowed|possible) (for this order)?',
    ],
    CANCEL_NOT_ALLOWED: [
      '(this|the) (service|order) (has no cancel|can not be canceled|cannot be canceled|can not be cancelled|cannot be cancelled)',
      'cancel (is)? not (available|allowed|possible) (for this (order|service))?',
    ],
    PANEL_REJECTED: [
      'the given data (was|is) invalid|(incorrect|invalid) action',
      '(the)? (comments|usernames|username|hashtag|hashtags|keywords|country|answer number|media|groups|runs|interval) (field|list)? (is|are)? required',
      `(comments|usernames|username|hashtag|hashtags|keywords|country|answer number|media|groups|runs|interval) (${FIELD_IS_MISSING}|${FIELD_IS_WRONG})`,
      '(incorrect|invalid|wrong|bad) (comments|usernames|username list|runs|interval|country|answer number|delay|posts|expiry)',
      'drip feed is not (supported|available) (for this service)?|(this|the) service does not support drip feed',
    ],
    RATE_LIMITED: [
      '(api|the|your)? rate limit (was|is|has been)? (exceeded|reached|hit)|(throttlerexception)? too many (requests|attempts|calls)',
      'too many (api)? (requests|calls) (from (this|your) ip)?|(api|request|requests) limit (is|was)? (exceeded|reached)',
      '(you have|you’ve|you)? exceeded (the|your)? (api)? (rate|request|requests) limit|(please)? slow down',
      '(only|maximum|max|limit)? # (requests|calls) per (second|minute|hour) (are|is)? (allowed|exceeded)?',
      'request was throttled (expected available in # (seconds|second))?',
    ],
  },
  quantityDemands: [
    '(the|a|field|parameter)? quantity (field|parameter|value)? (is|was|must be)? (required|missing|mandatory|not specified|not provided)',
    '(missing|missing required|required) (parameter|parameters|field|fields|param|argument|value)? (is|missing)? quantity',
    '(required)? (parameter|field|param) quantity (is|was)? (required|missing|not provided|not specified)',
    '(the)? quantity (field|parameter)? (cannot|can’t|can not|must not|may not|should not) be (empty|blank)',
    '(please)? (enter|specify|provide|fill in) (a|the)? quantity|quantity (is)? empty|no quantity (given|provided|specified)?',
    `quantity ${FIELD_IS_MISSING}`,
  ],
  missingParameters: [
    'missing (some|one or more)? (required)? (parameters|fields|params)',
    '(some)? (required)? (parameters|fields|params) (are)? (missing|required|not provided)|required field (is)? missing',
    'all (the)? (fields|parameters) (are)? (required|mandatory)|(please)? fill (in)? all (the)? (required)? fields',
  ],
  orderDemands: [
    '(missing|missing required|required) (parameter|field|param|argument|value)? order (id)?',
    '(the|parameter|field)? order (id)? (field|parameter)? (is|was)? (required|missing|not provided|not specified)',
    '(incorrect|invalid|wrong) (format of)? order (id|ids|number|format)?',
    '(the)? order (id)? (field)? must be (a number|an integer|numeric)|order (id)? (is)? (invalid|incorrect|not valid)',
    `order (${FIELD_IS_MISSING}|${FIELD_IS_WRONG})`,
  ],
  openings: [
    'error|errors|sorry|oops|warning|validation error|error code #|code #|order error|api error|error error|hi|dear (user|customer)',
  ],
  closings: [
    '(please)? (contact|contact with|contact to|write to) (the|our|us|with|your)? (support|admin|administrator|support team)?',
    '(and|please)? (please)? (try again|check (it|again|your input|and try again)|verify (it)?|correct it)',
    '(please)? (check|enter|use|provide|select|choose|try) (a|an|the|your|another|a valid|another valid|a different|the correct) (link|url|username|service|service id|quantity|api key|key)',
    '(please)? (add|deposit|top up|recharge|refill|load) (some|more|your|the|enough)? (funds|balance|money|account|wallet) (to (your|the) (account|balance|wallet))? (first)?',
    '(required|needed|you need|needs|available|current|have|you have|your balance|balance|current balance|your current balance|order price|price|cost|order cost|total) (is|only)? (usd|inr|eur|rs)? # (usd|inr|eur|dollars|rs)?',
    'and # more (error|errors)|for this (link|service|order|user|account)|thank you|thanks|(error)? code #',
  ],
  waits: [
    '(please)? (and)? (try|retry|try again|wait) (again)? (later|in # (seconds|second|minutes|minute|s)|after # (seconds|minutes)|after some time|in a (minute|moment|few seconds|few minutes)|a moment)|(please)? (slow down|retry after #) (seconds)?',
  ],
  failures: ENGLISH_FAILURES,
  deeds: ENGLISH_DEEDS,
};
