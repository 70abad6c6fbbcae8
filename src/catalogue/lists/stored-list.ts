/** A list of services as one value of the key-value store: packed and compressed, since some have 100,000 services. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { isPanelNumber } from '../../domain/ids.ts';
import { MOST_SERVICES, SERVICE_TYPES, type Service, type ServiceList } from '../../domain/service.ts';
import { turns } from '../../domain/time/turn-taking.ts';
import { packInTurns, unpack } from '../thread/packed.ts';
import { shareTexts } from './shared-texts.ts';

/** A list with the time of its fetch, in milliseconds since 1970. */
export interface DatedList extends ServiceList {
  readonly fetchedAt: number;
}

/** What is stored besides the services. */
export interface StoredHead {
  readonly fetchedAt: number;
}

const compress = promisify(gzip);
const decompress = promisify(gunzip);
const LEVEL = { level: 1 } as const;
const MAX_BYTES = 128 * 1024 * 1024;
/** So many services between two turns of the loop. */
const STEPS = 100;

/** The value to store, made in turns of the loop. */
export async function encodeStoredList({ services, skippedCount, fetchedAt }: DatedList): Promise<unknown> {
  const { bytes, ends } = await packInTurns(services, ({ panel: _, ...service }) => service);
  const packed = await compress(Buffer.from(bytes), LEVEL);
  return { fetchedAt, skippedCount, ends, services: packed.toString('base64') };
}

/** The head of a stored value; null where the value holds no list. */
export function readStoredHead(value: unknown): StoredHead | null {
  return storedValue.safeParse(value).data ?? null;
}

/** Reads and checks a stored value in turns of the loop; null where the value holds no list. */
export async function decodeStoredList(value: unknown, panel: string): Promise<DatedList | null> {
  const stored = storedValue.safeParse(value);
  if (!stored.success) return null;
  const { services: text, ends, skippedCount, fetchedAt } = stored.data;
  try {
    const bytes = await decompress(Buffer.from(text, 'base64'), { maxOutputLength: MAX_BYTES });
    const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const services = await readServices(await unpack<unknown>({ bytes: whole, ends }), panel);
    return services && { services, skippedCount, fetchedAt };
  } catch {
    // The value is not gzip, not JSON, or too long.
    return null;
  }
}

async function readServices(values: readonly unknown[], panel: string): Promise<Service[] | null> {
  if (values.length > MOST_SERVICES) return null;
  const services: Service[] = [];
  for (const [position, value] of values.entries()) {
    if (position % STEPS === 0) await turns.take();
    const service = storedService.safeParse(value);
    if (!service.success) return null;
    services.push({ panel, ...service.data });
  }
  await shareTexts(services);
  return services;
}

const flag = z.boolean().nullable();
const wholeNumber = z.number().int();

/** Without the panel: a service always belongs to the panel whose list it is in, whatever the store says. */
const storedService = z.object({
  number: z.string().refine(isPanelNumber),
  name: z.string(),
  category: z.string(),
  type: z.enum(SERVICE_TYPES),
  typeText: z.string(),
  // The length of a panel's longest rate once `parseDecimal` has written out its exponent.
  rate: z
    .string()
    .max(1_200)
    .regex(/^-?\d+(?:\.\d+)?$/),
  min: wholeNumber,
  max: wholeNumber,
  refill: flag,
  cancel: flag,
  dripFeed: flag,
  description: z.string().nullable(),
  averageTime: z.string().nullable(),
});

const storedValue = z.object({
  services: z.base64(),
  ends: z.array(wholeNumber.min(0)).max(MOST_SERVICES),
  skippedCount: wholeNumber.min(0),
  fetchedAt: z.number(),
});
