/** The language that nearly all panels speak ("API v2", docs/panel-protocol.md); other dialects spread this one. */
import type { Dialect } from '../../dialect.ts';
import { add } from './add/add.ts';
import { balance } from './balance.ts';
import { cancelMany, cancelOne } from './cancel.ts';
import { classify } from './errors/classify.ts';
import { decodeRefusal } from './errors/refusal.ts';
import { demandsQuantity, refusesTheForm } from './phrases/phrase-book.ts';
import { refillMany, refillOne } from './refill.ts';
import { refillStatusMany, refillStatusOne } from './refill-status.ts';
import { services } from './services.ts';
import { statusMany, statusOne } from './status.ts';

export const standard: Dialect = {
  name: 'standard',
  // smm.plus and smmcloud.uk state this limit, pica-smm.com states none.
  maxBatchSize: 100,
  commentSeparator: null,
  services,
  balance,
  add,
  status: { single: statusOne, multi: statusMany },
  refillStatus: { single: refillStatusOne, multi: refillStatusMany },
  refill: { single: refillOne, multi: refillMany },
  cancel: { single: cancelOne, multi: cancelMany },
  decodeRefusal,
  classify,
  demandsQuantity,
  refusesTheForm,
};
