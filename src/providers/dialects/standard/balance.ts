/** The action `balance`. */
import { z } from 'zod';
import type { PanelAmount } from '../../../domain/order.ts';
import type { SingleCodec } from '../../dialect.ts';
import { unwrapTo } from './reading/envelope.ts';
import { currency, decimal, needed } from './reading/wire-schemas.ts';

const answer = z
  .object({ balance: needed(decimal), currency })
  .transform(({ balance: amount, currency: code }): PanelAmount => ({ amount, currency: code }));

export const balance: SingleCodec<void, PanelAmount> = {
  encode: () => ({ action: 'balance' }),
  decode: (value) => answer.safeParse(unwrapTo('balance', value)).data ?? null,
};
