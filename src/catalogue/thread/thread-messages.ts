/** What goes between the serving thread and the thread that reads and indexes lists. */
import type { LongList, LongListReading } from '../../providers/lists/long-list.ts';
import type { IndexData, ListColumns } from '../search/list-index.ts';
import type { Packed } from './packed.ts';

/** `columns` comes for each part of a list, and has no answer. `index` follows when all parts are there. */
export type ThreadTask =
  | { readonly kind: 'read'; readonly list: LongList }
  | { readonly kind: 'columns'; readonly columns: ListColumns }
  | { readonly kind: 'index' };

export type ThreadAnswer =
  | { readonly kind: 'list'; readonly services: Packed; readonly skippedCount: number }
  | { readonly kind: 'no-list'; readonly reading: Exclude<LongListReading, { readonly kind: 'found' }> }
  | {
      readonly kind: 'index';
      readonly texts: Record<'names' | 'numbers' | 'categories', Packed>;
      readonly data: Pick<IndexData, 'categoryOf' | 'ranks'>;
    };
