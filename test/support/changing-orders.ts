/** Orders at a panel whose state a test changes. */
import { healthyPanel, type ScriptedAnswer, type ScriptedPanel, type SentForm } from './scripted-panel.ts';

export interface ChangingOrders {
  /** What the panel says of each order from now on; the others it does not know. */
  readonly states: Map<string, object>;
  readonly answer: ScriptedPanel['answer'];
}

/** The panel's words for an order under way with so much left. */
export function underWay(remains: number, overrides: object = {}): object {
  return {
    charge: '0.09',
    start_count: '10',
    status: 'In progress',
    remains: String(remains),
    currency: 'USD',
    ...overrides,
  };
}

export const COMPLETED = underWay(0, { status: 'Completed' });

export function createChangingOrders(
  initial: Readonly<Record<string, object>> = {},
  overrides: Readonly<Record<string, (form: SentForm) => ScriptedAnswer | Promise<ScriptedAnswer>>> = {},
): ChangingOrders {
  const states = new Map(Object.entries(initial));
  const stateOf = (number: string): object => states.get(number) ?? { error: 'Incorrect order ID' };
  const answer = healthyPanel({
    status: ({ order, orders }) =>
      order === undefined
        ? Object.fromEntries((orders ?? '').split(',').map((number) => [number, stateOf(number)]))
        : stateOf(order),
    ...overrides,
  });
  return { states, answer };
}
