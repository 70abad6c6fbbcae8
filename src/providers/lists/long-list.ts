/** A list of services that is too long to be read while others wait, and what reading it gives. */
import type { RefusalCode } from '../../domain/errors.ts';
import type { ServiceList } from '../../domain/service.ts';
import type { Refusal } from '../dialect.ts';

/** An answer to `services` as plain data, so that another thread can read it. */
export interface LongList {
  /** The body of the reply, which belongs to the reader from now on. */
  readonly bytes: ArrayBuffer;
  /** The panel's key, which is blanked out of the answer. */
  readonly key: string;
  /** The dialect's name, and the operator's own phrases. */
  readonly dialect: string;
  readonly refusals: Readonly<Record<string, RefusalCode>>;
  readonly panel: string;
  /** When the answer came, in ms since 1970. */
  readonly at: number;
  readonly httpStatus: number;
}

export type LongListReading =
  | { readonly kind: 'found'; readonly list: ServiceList }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** `why` is the reason in a few words, such as `it has more than 250000 entries`. */
  | { readonly kind: 'unreadable'; readonly why: string };

export interface LongListReader {
  /** Never throws for what the answer holds. */
  read(list: LongList): Promise<LongListReading>;
}
