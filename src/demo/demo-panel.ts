import { answer } from './answers/answer.ts';
import type { DemoPanelOptions } from './demo-panel-options.ts';
import { createFaults, faultReply, jsonReply, type Reply } from './http/faults.ts';
import { startPanelServer } from './http/panel-server.ts';
import { createRateLimit } from './http/rate-limit.ts';
import { type Order, singleAt, statusAt } from './orders/order.ts';
import { createPanelState, type PanelState } from './panel-state.ts';
import type { Stage } from './simulation/stage.ts';
import { formatUnits } from './units.ts';

export {
  DEMO_FLAVOURS,
  type DemoFlavour,
  type DemoPanelOptions,
  type FaultKind,
} from './demo-panel-options.ts';
export { demoPanels } from './demo-panels.ts';

/** A call that reached the panel, refused or not. */
export interface DemoCall {
  /** The panel's clock in milliseconds. */
  at: number;
  /** The action as sent; empty if there was none. */
  action: string;
  /** All fields but the key, `action` among them. */
  form: Record<string, string>;
}

/** An order of the panel as it stands now. */
export interface DemoOrder {
  id: number;
  service: number;
  /** The link, or the username of a subscription. */
  link: string;
  /** The drip-feed or subscription that made it, or null if a client placed it. */
  parent: number | null;
  /** The panel's word. */
  status: string;
  /** Of one run for a drip-feed; 0 for a subscription. */
  quantity: number;
  /** What has not arrived yet; 0 for a drip-feed or a subscription. */
  remains: number;
  /** A decimal text; null for a drip-feed or a subscription, whose orders carry it. */
  charge: string | null;
  placedAt: number;
}

/** A running demo panel. */
export interface DemoPanel {
  /** The endpoint to send calls to. */
  readonly url: string;
  /** The latest 10,000 calls, oldest first. */
  readonly calls: readonly DemoCall[];
  /** The latest 100,000 orders as they stand now, the children of drip-feeds and subscriptions too, oldest first. */
  readonly orders: readonly DemoOrder[];
  /** Decides what chance and the clock would. */
  readonly stage: Stage;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const KEPT_CALLS = 10_000;

/**
 * Starts a simulated panel on a port of its own. It keeps all in memory, moves by its clock and stays up until it is
 * closed. Rejects if the balance is not a decimal or the address is taken.
 */
export async function startDemoPanel(options: DemoPanelOptions): Promise<DemoPanel> {
  const state = createPanelState(options);
  const calls: DemoCall[] = [];
  const { host = '127.0.0.1', port = 0, latencyMs = 0 } = options;
  const reply = createReply(options, state, (call) => {
    calls.push(call);
    if (calls.length > KEPT_CALLS) calls.shift();
  });
  const server = await startPanelServer({ path: state.flavour.path, host, port, latencyMs, reply });
  return {
    url: server.url,
    calls,
    get orders() {
      state.orders.advance(state.now());
      return state.orders.list().map((order) => describe(order, state.now()));
    },
    stage: state.stage,
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}

/** What happens to every call, in this order: it is noted, its key checked, its rate limited; then it may meet a fault. */
function createReply(
  options: DemoPanelOptions,
  state: PanelState,
  note: (call: DemoCall) => void,
): (fields: Record<string, string>) => Reply {
  const hasToken = createRateLimit(options.callsPerSecond, state.now);
  const drawFault = createFaults(options);
  return ({ key, ...form }) => {
    const action = form['action'] ?? '';
    note({ at: state.now(), action, form });
    if (key !== options.key) return jsonReply({ error: 'Invalid API key' });
    if (!hasToken()) return jsonReply({ error: 'Rate limit exceeded' });
    const planned = action === 'add' ? state.stage.takeAddFault() : undefined;
    const fault = planned ?? drawFault(action);
    if (fault === null) return jsonReply(answer(state, action, form));
    // A 429 says that nothing was done. A panel that had acted would be lying, and no client could handle that.
    const acts = (planned !== undefined || options.faultsAfter === true) && fault !== 'rate-limit';
    return faultReply(fault, { good: acts ? answer(state, action, form) : null, key });
  };
}

function describe(order: Order, now: number): DemoOrder {
  const single = order.kind === 'single' ? singleAt(order, now) : null;
  return {
    id: order.id,
    service: order.service.id,
    link: order.link,
    parent: order.kind === 'single' ? (order.parent?.id ?? null) : null,
    status: statusAt(order, now),
    quantity: order.kind === 'subscription' ? 0 : order.quantity,
    remains: single?.remains ?? 0,
    charge: single === null ? null : formatUnits(single.charge),
    placedAt: order.placedAt,
  };
}
