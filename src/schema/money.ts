/** Money with its conversion. */
import { convertMoney, type Decimal, type Money, UNKNOWN_CURRENCY } from '../domain/money.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';

export const MoneyType = builder.objectRef<Money>('Money');

MoneyType.implement({
  description: 'An exact amount in a currency.',
  fields: (t) => ({
    amount: t.expose('amount', { type: 'Decimal', description: 'The amount, exact, as text.' }),
    currency: t.expose('currency', { type: 'CurrencyCode', description: 'The currency of the amount.' }),
    in: t.field({
      type: MoneyType,
      nullable: true,
      description:
        'The same value at the configured exchange rate, to ten places, half-even; null where no rate is configured.',
      args: { currency: t.arg({ type: 'CurrencyCode', required: true, description: 'The currency wanted.' }) },
      resolve: (money, { currency }, { exchange }) => convertMoney(money, currency, exchange),
    }),
  }),
});

export const MoneyInput = builder.inputType('MoneyInput', {
  description: 'An exact amount in a currency.',
  fields: (t) => ({
    amount: t.field({ type: 'Decimal', required: true, description: 'The amount, exact, as text.' }),
    currency: t.field({ type: 'CurrencyCode', required: true, description: 'The currency of the amount.' }),
  }),
});

/** An amount of a panel: in the currency it named itself, else in the panel's. A promise only while that is asked. */
export function panelMoney(
  panel: string,
  { amount, currency }: { readonly amount: Decimal; readonly currency: string | null },
  { lookups }: RequestContext,
): Money | Promise<Money> {
  const of = lookups(panel);
  const known = currency ?? of?.knownCurrency();
  if (known || !of) return { amount, currency: known ?? UNKNOWN_CURRENCY };
  return of.currency().then((asked) => ({ amount, currency: asked ?? UNKNOWN_CURRENCY }));
}
