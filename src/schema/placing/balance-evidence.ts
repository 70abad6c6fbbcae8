/** The evidence of a panel's balance about an order whose outcome is unclear. */
import type { BalanceEvidence, BalanceFinding, BalanceReading } from '../../domain/balance-evidence.ts';
import { UNKNOWN_CURRENCY } from '../../domain/money.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../values/described-enum.ts';
import { MoneyType } from '../values/money.ts';

const FINDING_DESCRIPTIONS: Record<BalanceFinding, string> = {
  UNCHANGED:
    'The order took nothing from the balance. That is no proof that nothing was bought, since the panel may have failed in the middle of it.',
  FELL_BY_CHARGE: 'The balance fell by what the order would have cost.',
  CANNOT_BE_TOLD: 'The balance does not tell; see `reason`.',
};
const BalanceFindingEnum = describedEnum<BalanceFinding>(
  'BalanceFinding',
  'What the balance says about an order.',
  FINDING_DESCRIPTIONS,
);

const BalanceReadingType = builder.objectRef<BalanceReading>('BalanceReading').implement({
  description: 'The balance of the account at a panel, at one instant.',
  fields: (t) => ({
    amount: t.field({
      type: MoneyType,
      description: 'The balance.',
      resolve: ({ amount, currency }) => ({ amount, currency: currency ?? UNKNOWN_CURRENCY }),
    }),
    checkedAt: t.field({
      type: 'DateTime',
      description: 'When the panel reported this balance.',
      resolve: ({ at }) => new Date(at),
    }),
  }),
});

export const BalanceEvidenceType = builder.objectRef<BalanceEvidence>('BalanceEvidence').implement({
  description: 'What the balances before and after an order say about it.',
  fields: (t) => ({
    finding: t.expose('finding', {
      type: BalanceFindingEnum,
      nullable: true,
      description: 'What the balance says; null where it was not asked for after the order.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Why the balance does not tell; null where it does.',
    }),
    before: t.field({
      type: BalanceReadingType,
      nullable: true,
      description: 'The last reading before the order; null where there was no reliable one.',
      resolve: ({ before }) => before?.reading ?? null,
    }),
    ordersBetween: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'The number of other orders placed between the two readings.',
      resolve: ({ before }) => before?.ordersBetween ?? null,
    }),
    chargedBetween: t.field({
      type: MoneyType,
      nullable: true,
      description: 'What those orders have cost together; null where that is not known.',
      resolve: ({ before }) =>
        before?.chargedBetween
          ? { amount: before.chargedBetween, currency: before.reading.currency ?? UNKNOWN_CURRENCY }
          : null,
    }),
    after: t.expose('after', {
      type: BalanceReadingType,
      nullable: true,
      description: 'The reading after the order; null where the panel did not report its balance.',
    }),
  }),
});
