/**
 * The dialect of pica-smm.com. Its page differs from the standard, but what this gateway sends and reads is the same,
 * for these reasons:
 *
 * - Services carry no `cancel`: the standard reads an absent flag as "not said".
 * - `add` documents `interval` without `runs`: a drip-feed is sent as the caller gave it.
 * - The page for many refill statuses says `action=refill` with `orders`. That call creates refills, so it is never
 *   sent to read a status: `refill_status` with `refills` is. A panel that refuses that is asked for one id at a time,
 *   as in every dialect.
 */
import type { Dialect } from '../../dialect.ts';
import { standard } from '../standard/index.ts';

export const pica: Dialect = { ...standard, name: 'pica' };
