/** The gateway's metrics for Prometheus: one function an event. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** What /metrics shows. */
  readonly registry: Registry;
  /** One call to a panel; `outcome` is `ok` or the code of its error. */
  panelCall(event: { panel: string; action: string; outcome: string; ms: number }): void;
  /** One HTTP request; `path` is one of a fixed few. */
  httpRequest(event: { path: string; status: number; ms: number }): void;
  unknownStatusWord(event: { panel: string }): void;
  unknownRefusalPhrase(event: { panel: string }): void;
  /** An order got its outcome. */
  placementSettled(event: { panel: string; state: string }): void;
  /** A panel has charged more than the `maxCharge` of its order. */
  chargeAboveMax(event: { panel: string }): void;
  unexpectedError(): void;
  /** How many orders are watched by subscriptions, read when the metrics are. */
  showWatchedOrders(count: () => number): void;
}

/** From what a local answer takes to what a slow panel takes. */
const BUCKETS_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

/** Creates metrics in a registry of their own; nothing runs or is measured between two readings but these counts. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const panelCalls = new Counter({
    name: 'panelgraph_panel_calls_total',
    help: 'Calls to panels, by outcome: ok, or the code of the error.',
    labelNames: ['panel', 'action', 'outcome'],
    registers,
  });
  const panelCallSeconds = new Histogram({
    name: 'panelgraph_panel_call_seconds',
    help: 'How long calls to panels took, with their waiting.',
    labelNames: ['panel', 'action'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const httpRequests = new Counter({
    name: 'panelgraph_http_requests_total',
    help: 'HTTP requests, by path and status.',
    labelNames: ['path', 'status'],
    registers,
  });
  const httpRequestSeconds = new Histogram({
    name: 'panelgraph_http_request_seconds',
    help: 'How long HTTP requests took, subscriptions to their end.',
    labelNames: ['path'],
    buckets: BUCKETS_SECONDS,
    registers,
  });
  const unknownStatusWords = new Counter({
    name: 'panelgraph_unknown_status_words_total',
    help: 'Statuses in words that the gateway does not know.',
    labelNames: ['panel'],
    registers,
  });
  const unknownRefusalPhrases = new Counter({
    name: 'panelgraph_unknown_refusal_phrases_total',
    help: 'Orders that were refused in words that the gateway does not know.',
    labelNames: ['panel'],
    registers,
  });
  const placementsSettled = new Counter({
    name: 'panelgraph_placements_settled_total',
    help: 'Orders that got an outcome, by state.',
    labelNames: ['panel', 'state'],
    registers,
  });
  const chargesAboveMax = new Counter({
    name: 'panelgraph_charges_above_max_total',
    help: 'Orders for which a panel has charged more than their maxCharge; each is in the log.',
    labelNames: ['panel'],
    registers,
  });
  const unexpectedErrors = new Counter({
    name: 'panelgraph_unexpected_errors_total',
    help: 'Errors that nobody foresaw; each is in the log.',
    registers,
  });
  addProcessMetrics(registers);
  // The most frequent event: finding its counters by labels would cost more than counting.
  const countOf = createMemo<Counter.Internal>();
  const secondsOf = createMemo<Histogram.Internal<'path'>>();
  return {
    registry,
    panelCall: ({ panel, action, outcome, ms }) => {
      panelCalls.inc({ panel, action, outcome });
      panelCallSeconds.observe({ panel, action }, ms / 1000);
    },
    httpRequest: ({ path, status, ms }) => {
      countOf(`${path} ${status}`, () => httpRequests.labels(path, String(status))).inc();
      secondsOf(path, () => httpRequestSeconds.labels(path)).observe(ms / 1000);
    },
    unknownStatusWord: ({ panel }) => unknownStatusWords.inc({ panel }),
    unknownRefusalPhrase: ({ panel }) => unknownRefusalPhrases.inc({ panel }),
    placementSettled: ({ panel, state }) => placementsSettled.inc({ panel, state }),
    chargeAboveMax: ({ panel }) => chargesAboveMax.inc({ panel }),
    unexpectedError: () => unexpectedErrors.inc(),
    showWatchedOrders: (count) =>
      addGauge(registers, { name: 'panelgraph_watched_orders', help: 'Orders that subscriptions watch now.', count }),
  };
}

/** What was made for a key; keys are few. */
function createMemo<T>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
}

/** Not prom-client's default metrics: those keep a timer and observers running whether anybody reads or not. */
function addProcessMetrics(registers: Registry[]): void {
  const gauge = (name: string, help: string, count: () => number) => addGauge(registers, { name, help, count });
  gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  gauge('nodejs_heap_size_used_bytes', 'Memory in use by JavaScript.', () => process.memoryUsage().heapUsed);
  gauge('process_uptime_seconds', 'How long the process has run.', () => process.uptime());
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time of the process so far.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
}

function addGauge(
  registers: Registry[],
  { name, help, count }: { readonly name: string; readonly help: string; readonly count: () => number },
): void {
  new Gauge({
    name,
    help,
    registers,
    collect() {
      this.set(count());
    },
  });
}
