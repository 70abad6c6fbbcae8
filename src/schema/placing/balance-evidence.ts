/** What a panel's balance says of an order whose outcome is unclear. */
import type { BalanceEvidence, BalanceFinding, BalanceReading } from '../../domain/balance-evidence.ts';
import { UNKNOWN_CURRENCY } from '../../domain/money.ts';
import { builder } from '../builder.ts';
import { describedEnum } from '../values/described-enum.ts';
import { MoneyType } from '../values/money.ts';

const FINDING_DESCRIPTIONS: Record<BalanceFinding, string> = {
  UNCHANGED: 'The order took nothing. That is no proof that it was not bought, where the panel broke in the middle.',
  FELL_BY_CHARGE: 'It fell by what the order would have cost.',
  CANNOT_BE_TOLD: 'See `reason`.',
};
const BalanceFindingEnum = describedEnum<BalanceFinding>(
  'BalanceFinding',
  'What the balance says of an order.',
  FINDING_DESCRIPTIONS,
);

const BalanceReadingType = builder.objectRef<BalanceReading>('BalanceReading').implement({
  description: "What the panel said of its account's balance, at one instant.",
  fields: (t) => ({
    amount: t.field({
      type: MoneyType,
      description: 'The balance.',
      resolve: ({ amount, currency }) => ({ amount, currency: currency ?? UNKNOWN_CURRENCY }),
    }),
    checkedAt: t.field({
      type: 'DateTime',
      description: 'When the panel said so.',
      resolve: ({ at }) => new Date(at),
    }),
  }),
});

export const BalanceEvidenceType = builder.objectRef<BalanceEvidence>('BalanceEvidence').implement({
  description: "What the panel's balance says of an order, around its sending.",
  fields: (t) => ({
    finding: t.expose('finding', {
      type: BalanceFindingEnum,
      nullable: true,
      description: 'Null where the balance was not asked after the order.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it cannot be told; null where it can.' }),
    before: t.field({
      type: BalanceReadingType,
      nullable: true,
      description: 'The last reading before the order; null where there was none to rely on.',
      resolve: ({ before }) => before?.reading ?? null,
    }),
    ordersBetween: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'Orders placed after that reading and before the next.',
      resolve: ({ before }) => before?.ordersBetween ?? null,
    }),
    chargedBetween: t.field({
      type: MoneyType,
      nullable: true,
      description: 'What those have cost together, by their estimates; null where that is not known.',
      resolve: ({ before }) =>
        before?.chargedBetween
          ? { amount: before.chargedBetween, currency: before.reading.currency ?? UNKNOWN_CURRENCY }
          : null,
    }),
    after: t.expose('after', {
      type: BalanceReadingType,
      nullable: true,
      description: 'The reading after the order; null where the panel did not tell.',
    }),
  }),
});
