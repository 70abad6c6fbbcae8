/** Reads the ids of the orders that are to be refilled or canceled. */
import { CallerError, type ProviderError, StoreUnavailableError } from '../../domain/errors.ts';
import { itemKey, type PanelItemRef, readNodeRef } from '../../domain/ids.ts';
import type { Panels } from '../../panels/panels.ts';
import type { AskedNumbers } from '../asked-numbers.ts';
import { notSentByLedger } from '../not-sent.ts';

export interface ReadChangedOrdersOptions {
  readonly kind: 'refill' | 'cancel';
  readonly panels: Panels;
  readonly askedNumbers: AskedNumbers;
}

/** The order for each of `orderIds`, or the error that keeps its panel from being asked. */
export async function readChangedOrders(
  orderIds: readonly string[],
  options: ReadChangedOrdersOptions,
): Promise<(PanelItemRef | CallerError | ProviderError)[]> {
  const refs = orderIds.map((id, index) => readRef(id, index, options.panels));
  const orders = refs.filter((ref): ref is PanelItemRef => !(ref instanceof CallerError));
  const refusals = await findRefusals(orders, options);
  return refs.map((ref, index) => {
    const refusal = ref instanceof CallerError ? undefined : refusals.get(itemKey(ref));
    if (refusal === undefined || ref instanceof CallerError) return ref;
    return refusal === 'unknown' ? notFound(index, `The panel \`${ref.panel}\` has no order ${ref.number}.`) : refusal;
  });
}

type Refusal = 'unknown' | ProviderError;

/** By `itemKey`. A number in doubt is also refused where the ledger cannot be read. */
async function findRefusals(
  orders: readonly PanelItemRef[],
  { kind, askedNumbers }: ReadChangedOrdersOptions,
): Promise<ReadonlyMap<string, Refusal>> {
  const refusals = new Map<string, Refusal>();
  const findOfPanel = async (panel: string, numbers: readonly string[]): Promise<void> => {
    try {
      const refused = await askedNumbers.findRefused('order', panel, numbers);
      for (const number of refused) refusals.set(itemKey({ panel, number }), 'unknown');
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      const failure = notSentByLedger({ panel, action: kind }, error);
      for (const number of numbers) refusals.set(itemKey({ panel, number }), failure);
    }
  };
  await Promise.all(
    Array.from(
      Map.groupBy(orders, ({ panel }) => panel),
      ([panel, items]) =>
        findOfPanel(
          panel,
          items.map(({ number }) => number),
        ),
    ),
  );
  return refusals;
}

function readRef(id: string, index: number, panels: Panels): PanelItemRef | CallerError {
  const ref = readNodeRef('Order', id, ['orderIds', String(index)]);
  if (ref instanceof CallerError || panels.find(ref.panel)) return ref;
  return notFound(index, `No panel \`${ref.panel}\` is configured.`);
}

function notFound(index: number, message: string): CallerError {
  return new CallerError('ORDER_NOT_FOUND', message, [{ path: ['orderIds', String(index)], message }]);
}
