/** An `add` from the check to the answer, with whatever breaks on the way. */
import { setTimeout as work } from 'node:timers/promises';
import type { SentForm } from '../../support/scripted-panel.ts';
import { judgeOrder, type Refusal } from './judge-order.ts';
import type { Draft, Sale } from './sales.ts';
import type { Shop } from './shop.ts';
import type { WireAnswer } from './wire-answer.ts';

/** `upstream`: the seller behind has it. `order`: it stands in the panel's own book. `money`: the account has paid. */
export type Step = 'upstream' | 'order' | 'money';

export interface Fault {
  /** What has been done by the time that it shows. */
  readonly did: readonly Step[];
  readonly answer: WireAnswer;
}

export interface AddWays {
  readonly resells: boolean;
  readonly faults: readonly Fault[];
  refuse(refusal: Refusal): WireAnswer;
  accept(sale: Sale): WireAnswer;
  /** Chosen before the panel sets to work; counts upwards where there is none. */
  nextNumber?(shop: Shop): string;
  /** What it says where another order has got its number meanwhile; the seller behind has the order then. */
  readonly doubled?: WireAnswer;
}

export async function takeOrder(form: SentForm, shop: Shop, ways: AddWays): Promise<WireAnswer> {
  const verdict = judgeOrder(form, shop);
  if ('refusal' in verdict) return ways.refuse(verdict.refusal);
  const { draft } = verdict;
  const chance = shop.chanceOf(`add ${draft.mark}`);
  const number = ways.nextNumber?.(shop) ?? shop.nextNumber();
  const fault = chance.chance(shop.weather.faults) ? chance.pick(ways.faults) : null;
  await work(chance.between(0, 3));
  if (ways.doubled && shop.sales.find(number)) {
    takeSteps(draft, shop, { did: ['upstream'], number });
    return ways.doubled;
  }
  const sale = takeSteps(draft, shop, { did: fault?.did ?? allSteps(ways), number });
  return fault || !sale ? (fault?.answer ?? 'hang up') : ways.accept(sale);
}

function allSteps({ resells }: AddWays): Step[] {
  return resells ? ['upstream', 'order', 'money'] : ['order', 'money'];
}

function takeSteps(
  draft: Draft,
  shop: Shop,
  { did, number }: { readonly did: readonly Step[]; readonly number: string },
): Sale | null {
  if (did.includes('upstream')) shop.upstream.make(draft, `up-${number}`);
  const sale = did.includes('order') ? shop.sales.make(draft, number) : null;
  if (did.includes('money')) shop.balanceMicros -= draft.chargeMicros;
  return sale;
}
