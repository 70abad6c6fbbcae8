import { beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from '../support/gateway.ts';
import { type AddOrderAnswer, addOrder } from '../support/orders.ts';
import type { TextClass } from './panel-text.ts';
import { openTextPanels, PLAIN_LINK, type TextCase } from './text-panels.ts';
import { PANEL_TEXTS } from './texts.ts';

const CASES: readonly TextCase[] = PANEL_TEXTS.flatMap((text) =>
  [true, false].flatMap((isTaken) => [true, false].map((isBalanceReadable) => ({ text, isTaken, isBalanceReadable }))),
);
const AT_ONE_TIME = 16;

interface Answered extends TextCase {
  readonly answer: AddOrderAnswer;
  readonly adds: number;
}

/** One order for each case, at a panel of its own, after one that shows what its balance is worth. */
async function answerAll(): Promise<Answered[]> {
  await using panels = await openTextPanels(CASES);
  const configured = CASES.map((_, index) => [`p${index}`, { url: panels.urlOf(index), currency: 'USD' }] as const);
  await using gateway = await startGateway(Object.fromEntries(configured), { tracker: { enabled: false } });
  const answered: Answered[] = [];
  const waiting = CASES.entries();
  const client = async (): Promise<void> => {
    for (const [index, given] of waiting) {
      const serviceId = `Service:p${index}:1`;
      expect(await addOrder(gateway, { serviceId, link: PLAIN_LINK })).toMatchObject({ __typename: 'AddOrderSuccess' });
      const answer = await addOrder(gateway, { serviceId });
      answered.push({ ...given, answer, adds: panels.addsOf(index) });
    }
  };
  await Promise.all(Array.from({ length: AT_ONE_TIME }, client));
  return answered;
}

function describeCase({ text, isTaken, isBalanceReadable, answer }: Answered): string {
  const money = `${isTaken ? 'taken' : 'not taken'}, balance ${isBalanceReadable ? 'readable' : 'unreadable'}`;
  return `${text.class} “${text.text}” (${text.status}, ${text.envelope}; ${money}): ${answer.__typename} ${answer.code}`;
}

describe(`${PANEL_TEXTS.length} texts of panels, money taken and not, balance readable and not`, () => {
  let answered: readonly Answered[] = [];
  beforeAll(async () => {
    answered = await answerAll();
  });

  const unknown = (textClass: TextClass, isBalanceReadable: boolean) => {
    const all = answered.filter(
      (each) => each.text.class === textClass && each.isBalanceReadable === isBalanceReadable && !each.isTaken,
    );
    const those = all.filter(({ answer }) => answer.__typename === 'OutcomeUnknown');
    return { share: those.length / all.length, texts: those.map(describeCase) };
  };

  it('are each in the list once', () => {
    expect(PANEL_TEXTS.length).toBeGreaterThanOrEqual(150);
    expect(new Set(PANEL_TEXTS.map(({ text, envelope }) => `${envelope} ${text}`)).size).toBe(PANEL_TEXTS.length);
  });

  it('are never told as an order that bought nothing, where it was taken and the balance shows it', () => {
    const wrong = answered.filter(
      ({ isTaken, isBalanceReadable, answer }) =>
        isTaken && isBalanceReadable && answer.__typename !== 'OutcomeUnknown',
    );
    expect(wrong.map(describeCase)).toEqual([]);
  });

  it('are never told as an order that bought nothing, where they speak of something broken and it was taken', () => {
    const wrong = answered.filter(
      ({ text, isTaken, answer }) => text.class === 'broken' && isTaken && answer.__typename !== 'OutcomeUnknown',
    );
    expect(wrong.map(describeCase)).toEqual([]);
  });

  it('leave at most one refusal in fifty unknown, where nothing was taken and the balance shows it', () => {
    const percent = (textClass: TextClass, isReadable: boolean): string =>
      `${(unknown(textClass, isReadable).share * 100).toFixed(1)} %`;
    console.info(
      'OutcomeUnknown where nothing was taken\n' +
        `  refusals: balance readable ${percent('refusal', true)}, unreadable ${percent('refusal', false)}\n` +
        `  broken: balance readable ${percent('broken', true)}, unreadable ${percent('broken', false)}\n` +
        unknown('refusal', false)
          .texts.map((text) => `  ${text}\n`)
          .join(''),
    );
    const { share, texts } = unknown('refusal', true);
    expect(share, texts.join('\n')).toBeLessThanOrEqual(0.02);
  });

  it('do not make the gateway send an order again', () => {
    expect(answered.filter(({ adds }) => adds > 1).map(describeCase)).toEqual([]);
  });
});
