/** Money, and its conversion. */
import { convertMoney, type Money } from '../../domain/money.ts';
import { builder } from '../builder.ts';

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
        'The same value in another currency at the configured exchange rate, rounded half-even to ten places; null where no rate is configured.',
      args: { currency: t.arg({ type: 'CurrencyCode', required: true, description: 'The currency wanted.' }) },
      resolve: (money, { currency }, { settings }) => convertMoney(money, currency, settings.exchange),
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
