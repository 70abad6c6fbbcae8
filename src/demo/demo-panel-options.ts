/** Which documented panel a demo panel speaks like: smm.plus, smmcloud.uk or pica-smm.com. */
export type DemoFlavour = 'plus' | 'cloud' | 'pica';

/** The flavours, in the order of the demo. */
export const DEMO_FLAVOURS: readonly DemoFlavour[] = ['plus', 'cloud', 'pica'];

/**
 * A way to answer badly: `html` an HTML page with HTTP 200, `500` an HTML page with HTTP 500, `empty` an empty body
 * with HTTP 200, `truncated` JSON cut in the middle, `null` the JSON word, `reset` the connection reset without an
 * answer, `silence` no answer until the caller hangs up, `rate-limit` HTTP 429 with `Retry-After: 1`, `key-echo` an
 * error text that holds the caller's key.
 */
export type FaultKind =
  | 'html'
  | '500'
  | 'empty'
  | 'truncated'
  | 'null'
  | 'reset'
  | 'silence'
  | 'rate-limit'
  | 'key-echo';

/** Every fault kind. */
export const FAULT_KINDS: readonly FaultKind[] = [
  'html',
  '500',
  'empty',
  'truncated',
  'null',
  'reset',
  'silence',
  'rate-limit',
  'key-echo',
];

/** The actions of the protocol. */
export const DEMO_ACTIONS = ['services', 'add', 'status', 'refill', 'refill_status', 'cancel', 'balance'] as const;

/** How a demo panel is set up. */
export interface DemoPanelOptions {
  /** A name for people, such as `demo-plus`. */
  name: string;
  /** Decides the path (`/api/v2`, or `/api2/v2` for `pica`), the languages, the order types and what is refused. */
  flavour: DemoFlavour;
  /** The one key that is accepted; every other gets `Invalid API key`. */
  key: string;
  /** The currency word of `balance` and `status`, such as `USD`. */
  currency: string;
  /** The balance at the start, a decimal text of at most 8 decimals. */
  balance: string;
  /** The seed of services, order endings and faults. Default 1. */
  seed?: number;
  /** The clock in milliseconds since 1970. Default the system's. */
  now?: () => number;
  /** How long each answer is held back, in milliseconds; the panel acts at once. Default 0. */
  latencyMs?: number;
  /** The share of calls, 0 to 1, that meet each fault; together at most 1. Default none. */
  faults?: Partial<Record<FaultKind, number>>;
  /** True: the panel acts, then answers badly (but a `rate-limit` never acts). Default false: it does not act. */
  faultsAfter?: boolean;
  /** The actions that can meet a fault. Default all. */
  faultActions?: string[];
  /** Calls a second above which the answer is `Rate limit exceeded`. Default unlimited. */
  callsPerSecond?: number;
  /** How much faster than at 1 orders move; at 1 they end within one to two minutes. Default 1. */
  speed?: number;
  /** How many services the panel sells. Default 300. */
  services?: number;
  /** The address to listen on. Default 127.0.0.1. */
  host?: string;
  /** The port to listen on, 0 for a free one. Default 0. */
  port?: number;
}
