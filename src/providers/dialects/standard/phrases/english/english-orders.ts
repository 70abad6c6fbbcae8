/** English: refusals of what an order asks for. */
import { FIELD_IS_MISSING, FIELD_IS_WRONG } from './english-fields.ts';

const LINK = '(link|url|username|user name|link or username|link or url|profile link|post link|target link|page url)';
/** Without the plain "URL": "Invalid URL" is what HTTP clients say of their own. */
const NO_URL = '(link|username|user name|link or username|link or url|profile link|post link|target link|page url)';
const BAD = '(invalid|incorrect|wrong|bad|broken|unsupported|not valid|empty|missing|invalid or private)';
const AT = '(with|for|on|to|at|in)';
const THIS = '(this|the same|that|same|your|such)';

export const ENGLISH_INVALID_LINK: readonly string[] = [
  `(the|an|a|your|this)? ${BAD} ${NO_URL} (format|address|provided|specified)?|invalid url format|your url (is)? ${BAD}|(the)? url (field)? (is)? required`,
  `(the|this|your|provided|the provided)? ${NO_URL} (format|address|field)? (is|was|has|looks)? (an|a)? (${BAD}|not supported|not allowed) (format)?`,
  `(the|this|your|provided|the provided)? ${NO_URL} (format|field|parameter)? (is|was)? (not correct|required|private|not found|not accessible|blacklisted)`,
  `(the|this|your)? ${LINK} (does not|doesn’t) exist|(the|this|your)? ${LINK} (must|should|has to) be (a)? (valid|public) (url|link)?`,
  `(the|this|your)? (account|profile|page|post|video|channel|group|user) (is)? (private|not public)`,
  `(please)? (enter|provide|specify|use) (a|the)? (valid|correct)? ${LINK}|this is not a valid ${LINK}`,
  `missing (required)? (parameter|field|param)? ${LINK}|${LINK} (${FIELD_IS_MISSING}|${FIELD_IS_WRONG})`,
  'neworder error (link|invalid link|link invalid|link format|username|invalid username)|error (link|invalid link)',
];

export const ENGLISH_LINK_BUSY: readonly string[] = [
  `(you)? (already)? (have|has|there is) (already)? (an|another|a)? (active|running|unfinished|ongoing) order ${AT} ${THIS} ${LINK} (wait until (the|your|this|previous)? order (is|being|gets|has been)? (completed|finished))?`,
  `(you)? (already)? (have|there is) (already)? (an|another|a)? active order ${AT} ${THIS} ${LINK} please wait until (the|your|this|previous|it)? (order)? (is|being|gets|has been)? (completed|finished|done)`,
  `(an|another|the)? (active|running|unfinished)? order ${AT} ${THIS} ${LINK} (already exists|exists|is already active|already active|is already running)`,
  `you already have (an|another)? order ${AT} ${THIS} ${LINK}|${THIS}? ${LINK} (is)? already (has an active order|in use|in progress)`,
  `there is already (an|another)? (active|running|unfinished)? order ${AT} ${THIS} ${LINK} (please)? (wait until it (finishes|completes|ends|is finished|is completed|is done))?`,
  'link duplicate (an active order exists)?',
  'neworder error (link duplicate|duplicate link|active order)',
];

const COUNT = '(quantity|amount|order quantity|order amount|quantity of order|order size)';
const LEAST = '(min|minimum|minimal|max|maximum|maximal)';
const LESS =
  '(less|lower|smaller|fewer|greater|more|higher|larger|bigger|below|above|under|over|exceeds|exceeding|exceeded)';

export const ENGLISH_INVALID_QUANTITY: readonly string[] = [
  `(the|your)? ${COUNT} (is|was|must be|should be|can’t be|cannot be|can not be|may not be|must not be)? ${LESS} (than)? (the)? ${LEAST}? (allowed)? (quantity|order|limit|value|amount|order quantity|order amount)? (of|is|allowed)? #?`,
  `(the|an)? (incorrect|invalid|wrong|bad|missing) ${COUNT} (provided|specified)?`,
  `(the|your)? ${COUNT} (is|was)? (invalid|incorrect|wrong|too low|too high|too small|too large|too big|too few|too many|not valid|out of range|not allowed|below minimum|above maximum)`,
  `(the|your)? ${COUNT} (field)? (must|should|has to|needs to|need to) be (between|from|in the range|within|in range)? # (and|to)? #`,
  `(the|your)? ${COUNT} (field)? (must|should|has to|needs to) be (at least|at most|minimum|maximum|min|max|a multiple of|multiple of|divisible by|in multiples of) #`,
  `(the|your)? ${COUNT} (field)? (must|should|may not|may|can not|cannot|must not) be (greater|less|more|lower|higher) than (or equal to)? (the)? ${LEAST}? #?`,
  `(the|your)? quantity (field)? (must|should) be (a|an)? (number|integer|numeric|positive|positive number|whole number|valid number|positive integer|multiple of #)`,
  `(the)? ${LEAST} (and maximum)? (order|quantity|amount|order quantity|order amount|limit|number)? (allowed)? (quantity)? (for (this|the) service)? (is|of|allowed is)? # ((and|to|or)? (the)? ${LEAST}? (is)? #)?`,
  `(the)? ${COUNT} (must be|should be|is|allowed)? (between)? ${LEAST} # (and|to)? ${LEAST}? #?`,
  `(you)? (did not|didn’t|do not|don’t|have not) (meet|reach|met|reached) (the)? (minimum|min) (${COUNT}|number|order) (required)?`,
  `(you)? (have)? (exceed|exceeded) (the)? (maximum|max) (${COUNT}|number|order) (allowed)?`,
  `(the)? (minimum|min) (allowed)? (${COUNT}|number|order) (is|was|has|has been)? not (been)? (met|reached)`,
  `(the)? (maximum|max) (allowed)? (${COUNT}|number|order) (is|was|has been|have been)? exceeded`,
  `(the|your)? ${COUNT} (does not|doesn’t) (meet|match|reach) (the)? ${LEAST} (requirement|requirements|quantity|limit)?`,
  `you (can|may|must|should|have to) order (only)? (between|from|at least|at most|minimum|maximum|min|max) # ((and|to) #)?`,
  `neworder error (${LEAST}|quantity|${LEAST} quantity|invalid quantity|quantity ${LEAST})`,
  `${COUNT} ${FIELD_IS_WRONG}`,
];
