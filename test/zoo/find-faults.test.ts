/** The zoo itself: what must not be is seen. */
import { expect, it } from 'vitest';
import { JERRY } from './panels/jerry.ts';
import { findFaults } from './run/find-faults.ts';
import type { PlacedOrder } from './run/place-orders.ts';
import type { RecordedPlacement } from './run/read-placements.ts';
import { openPanel } from './shop/open-panel.ts';

const MARK = 'zoo-1';
const DRAFT = {
  mark: MARK,
  link: `https://example.com/${MARK}`,
  serviceNumber: '1448',
  quantity: 100,
  chargeMicros: 1,
};

function placement(state: RecordedPlacement['state'], number: string | null = null): RecordedPlacement {
  return { idempotencyKey: MARK, state, order: number === null ? null : { number }, error: null };
}

function placed(typename: string, changeAnswer: string | null = null): PlacedOrder {
  const order = { mark: MARK, panel: JERRY.id, input: {}, isDoubled: false, afterwards: 'cancel' } as const;
  return { order, answers: [{ __typename: typename }], retries: 0, changeAnswer };
}

it.each([
  [
    'an order called refused',
    ['own'],
    placement('REJECTED'),
    placed('PanelUnavailable'),
    ['the gateway says REJECTED'],
  ],
  ['one that the seller behind has', ['behind'], placement('REJECTED'), placed('OutcomeUnknown'), ['says REJECTED']],
  ['one that is not recorded', ['own'], undefined, placed('OutcomeUnknown'), ['the gateway says nothing']],
  ['one that was bought twice', ['own', 'own'], placement('UNKNOWN'), placed('OutcomeUnknown'), ['bought twice']],
  ['one that nobody has', [], placement('PLACED', '5'), placed('AddOrderSuccess'), ['has no such order']],
  ['one under another number', ['own'], placement('PLACED', '5'), placed('AddOrderSuccess'), ['PLACED as 5']],
  ['one told as not bought', ['own'], placement('UNKNOWN'), placed('PanelRejected'), ['a client was told']],
  ['one without an end', [], placement('PENDING'), placed('OutcomeUnknown'), ['PENDING still']],
  [
    'a cancellation called refused',
    ['canceled'],
    placement('PLACED', '7'),
    placed('AddOrderSuccess', 'PanelRejected'),
    ['its cancel'],
  ],
  ['nothing of a good order', ['own'], placement('PLACED', '7'), placed('AddOrderSuccess'), []],
  ['nothing of an unknown one', ['behind'], placement('UNKNOWN'), placed('OutcomeUnknown'), []],
  ['nothing of a refused one', [], placement('REJECTED'), placed('PanelRejected'), []],
])('finds %s', async (_, made, recorded, order, sentences) => {
  await using panel = await openPanel(JERRY);
  for (const where of made) {
    const book = where === 'behind' ? panel.shop.upstream : panel.shop.sales;
    book.make(DRAFT, '7').isCanceled = where === 'canceled';
  }
  const faults = findFaults(order, recorded, panel);
  expect(faults).toEqual(sentences.map((sentence) => expect.stringContaining(sentence)));
});
