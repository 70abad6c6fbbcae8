/** English: what tells that a panel broke, or that it did something. Parts of sentences, wherever they stand. */

export const ENGLISH_FAILURES: readonly string[] = [
  'internal|server|fatal|exception*|unexpected*|unknown error|system error|error occur*|error (has|was) occur*',
  'error (while|when|during|in|at|on|from|by|with) |error (saving|creating|placing|processing|sending|connecting|adding|making)',
  'error (executing|inserting|updating|fetching|reading|parsing|submitting|calling|getting)|(processing|network|save|insert|update|write|db|api|http|transaction|payment|billing|queue|cache) error|broke',
  'went wrong|(is|was) wrong|failed|failure*|failing|fails|fail to|unable to|couldn’t|could not|wasn’t|was not able',
  '(cannot|can’t|can not|could not) be (process*|creat*|plac*|sen*|sav*|complet*|reach*|connect*|load*|pars*)',
  '(cannot|can’t|can not) (process|create|place|send|save|read|connect|complete|set|find|parse|get|convert|reach|open|execute|insert|call|access|destructure)',
  'try later|try again later|again later|retry later|try again in|try again after|retry in|retry after|come back later|later',
  'temporar*|maintenance|unavailable|overload*|busy|timed out|time out|timeout*|timedout|deadline|offline|is down|down for',
  '(service|system|api|panel|site|website|provider|server) (is|are)? (currently|temporarily)? not available|not responding|no response',
  'gateway|upstream|provider*|supplier*|vendor*|backend|proxy|reseller|third party|external|remote|webhook|seller',
  'administrator (has been|was) notified|support ticket|reference id|request id|trace id|incident|crash*|abort*|broken pipe|corrupt*',
];

/** Whether or not they are denied: "could not be saved" tells of a failure. */
export const ENGLISH_DEEDS: readonly string[] = [
  'placed|created|saved|charged|accepted|submitted|queued|queue|received|success*|processed|processing|executed|confirmed',
  'registered|deducted|debited|purchased|bought|refund*|sent|recorded|stored|inserted|scheduled|completed|added|updated|paid',
  'pending|already|duplicate*|forwarded|dispatched|delivered|approved|reserved|started|running|made|done|in progress|ordered',
  'in process|underway|partially|order (id|no|number|is)? #|local|locally|sync*|booked|finished|logged|rolled back|rollback|posted|issued',
];
