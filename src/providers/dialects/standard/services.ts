/** The action `services`. */
import { z } from 'zod';
import type { Service, ServiceList } from '../../../domain/service.ts';
import type { DecodeContext, SingleCodec, WireValue } from '../../dialect.ts';
import { isRecord } from './reading/envelope.ts';
import { serviceTypeOf } from './reading/order-types.ts';
import {
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

export const services: SingleCodec<void, ServiceList> = {
  encode: () => ({ action: 'services' }),
  decode: (value, context) => decodeServices(value, context),
};

const entrySchema = z.object({
  service: needed(panelNumber),
  name: needed(line),
  category: line,
  type: plainText,
  rate: needed(price),
  min: needed(limit),
  max: needed(maximum),
  refill: yesOrNo,
  cancel: yesOrNo,
  dripfeed: yesOrNo,
  desc: paragraphs,
  description: paragraphs,
  average_time: line,
});

/** One bad entry costs only itself; of a doubled id the first stands. */
function decodeServices(value: WireValue, context: DecodeContext): ServiceList | null {
  const entries = findServiceEntries(value);
  if (!entries) return null;
  const byNumber = new Map<string, Service>();
  for (const entry of entries) {
    const service = readEntry(entry, context);
    if (service && !byNumber.has(service.number)) byNumber.set(service.number, service);
  }
  return { services: [...byNumber.values()], skippedCount: entries.length - byNumber.size };
}

function readEntry({ key, value }: ServiceEntry, { panel }: DecodeContext): Service | null {
  if (!isRecord(value)) return null;
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
