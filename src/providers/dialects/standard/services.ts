/** The action `services`. */
import { z } from 'zod';
import type { Service, ServiceList } from '../../../domain/service.ts';
import type { DecodeContext, ListCodec } from '../../dialect.ts';
import { UnreadableAnswerError } from '../../unreadable-answer.ts';
import { outlineServices } from './long-services.ts';
import { isRecord } from './reading/envelope.ts';
import { serviceTypeOf } from './reading/order-types.ts';
import {
  cut,
  limit,
  line,
  maximum,
  needed,
  panelNumber,
  paragraphs,
  plainText,
  price,
  yesOrNo,
} from './reading/wire-schemas.ts';
import { findServiceEntries, type ServiceEntry } from './service-entries.ts';

/** Longer texts are cut before anything is made of them. */
const MAX_LINE = 1_000;
const MAX_DESCRIPTION = 10_000;
/** A shorter list is believed even where most of its entries cannot be read. */
const MIN_TELLING_ENTRIES = 10;

export const services: ListCodec = {
  encode: () => ({ action: 'services' }),
  decode(value, context) {
    const entries = findServiceEntries(value);
    return entries && collectServices(entries, context);
  },
  outline(text) {
    const { digest, entries } = outlineServices(text);
    return { digest, decode: (context) => entries && collectServices(entries, context) };
  },
};

const entrySchema = z.object({
  service: needed(panelNumber),
  name: needed(cut(line, MAX_LINE)),
  category: cut(line, MAX_LINE),
  type: cut(plainText, MAX_LINE),
  rate: needed(price),
  min: needed(limit),
  max: needed(maximum),
  refill: yesOrNo,
  cancel: yesOrNo,
  dripfeed: yesOrNo,
  desc: cut(paragraphs, MAX_DESCRIPTION),
  description: cut(paragraphs, MAX_DESCRIPTION),
  average_time: cut(line, MAX_LINE),
});

/**
 * One bad entry costs only itself; of a doubled id the first stands.
 * @throws UnreadableAnswerError where most entries cannot be read: such a list says too little of what the panel sells
 */
function collectServices(entries: Iterable<ServiceEntry>, context: DecodeContext): ServiceList {
  const byNumber = new Map<string, Service>();
  let [count, unreadable] = [0, 0];
  for (const entry of entries) {
    count += 1;
    const service = readEntry(entry, context);
    if (!service) unreadable += 1;
    else if (!byNumber.has(service.number)) byNumber.set(service.number, service);
  }
  if (count >= MIN_TELLING_ENTRIES && unreadable > count / 2) {
    throw new UnreadableAnswerError(`${unreadable} of its ${count} entries are no services`);
  }
  return { services: [...byNumber.values()], skippedCount: count - byNumber.size };
}

/** An entry without one of these is not read any further. */
const NEEDED_MEMBERS = ['name', 'rate', 'min', 'max'] as const;

function readEntry({ key, value }: ServiceEntry, { panel }: DecodeContext): Service | null {
  if (!isRecord(value) || NEEDED_MEMBERS.some((name) => typeof value[name] !== 'string')) return null;
  const entry = entrySchema.safeParse({ ...value, service: value['service'] ?? key });
  if (!entry.success) return null;
  const { service, name, category, type, rate, min, max, refill, cancel, dripfeed, desc, description } = entry.data;
  return {
    panel,
    number: service,
    name,
    category: category ?? '',
    type: serviceTypeOf(type ?? ''),
    typeText: type ?? '',
    rate,
    min,
    max,
    refill,
    cancel,
    dripFeed: dripfeed,
    description: description ?? desc,
    averageTime: entry.data.average_time,
  };
}
