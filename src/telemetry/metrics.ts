/** The gateway's metrics for Prometheus: one function for each event. */
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** The metrics that /metrics shows. */
  readonly registry: Registry;
  /** A call to a panel has ended. `outcome` is `ok` or the code of its error. */
  panelCall(event: { panel: string; action: string; outcome: string; ms: number }): void;
  /** An HTTP request has ended. `path` is one of a fixed few. */
  httpRequest(event: { path: string; status: number; ms: number }): void;
  unknownStatusWord(event: { panel: string }): void;
  unknownRefusalPhrase(event: { panel: string }): void;
  /** The outcome of an order has been stored. */
  placementSettled(event: { panel: string; state: string }): void;
  /** A panel has charged more than the `maxCharge` of its order. */
  chargeAboveMax(event: { panel: string }): void;
  unexpectedError(): void;
  /** Shows how many orders subscriptions watch. `count` is called whenever the metrics are read. */
  showWatchedOrders(count: () => number): void;
}

/** From the time of a local answer to that of a slow panel. */
const BUCKETS_SECONDS = [0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60];

/** Creates the metrics in a registry of their own. No timer runs and nothing is measured besides these counts. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const { panelCalls, panelCallSeconds, httpRequests, httpRequestSeconds, ...counters } = createInstruments(registers);
  addProcessMetrics(registers);
  // HTTP requests are the most frequent event. Finding a counter by its labels takes longer than counting.
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
    unknownStatusWord: ({ panel }) => counters.unknownStatusWords.inc({ panel }),
    unknownRefusalPhrase: ({ panel }) => counters.unknownRefusalPhrases.inc({ panel }),
    placementSettled: ({ panel, state }) => counters.placementsSettled.inc({ panel, state }),
    chargeAboveMax: ({ panel }) => counters.chargesAboveMax.inc({ panel }),
    unexpectedError: () => counters.unexpectedErrors.inc(),
    showWatchedOrders: (count) =>
      addGauge(registers, {
        name: 'panelgraph_watched_orders',
        help: 'Orders that subscriptions are watching.',
        count,
      }),
  };
}

function createInstruments(registers: Registry[]) {
  const counter = <Label extends string>(name: string, labelNames: Label[], help: string) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, labelNames: Label[], help: string) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS_SECONDS, registers });
  return {
    panelCalls: counter(
      'panelgraph_panel_calls_total',
      ['panel', 'action', 'outcome'],
      'Calls to panels, by outcome: ok, or the code of the error.',
    ),
    panelCallSeconds: histogram(
      'panelgraph_panel_call_seconds',
      ['panel', 'action'],
      'Duration of calls to panels, including the time in which they waited.',
    ),
    httpRequests: counter('panelgraph_http_requests_total', ['path', 'status'], 'HTTP requests, by path and status.'),
    httpRequestSeconds: histogram(
      'panelgraph_http_request_seconds',
      ['path'],
      'Duration of HTTP requests; a subscription counts until it ends.',
    ),
    unknownStatusWords: counter(
      'panelgraph_unknown_status_words_total',
      ['panel'],
      'Statuses whose word the gateway does not know.',
    ),
    unknownRefusalPhrases: counter(
      'panelgraph_unknown_refusal_phrases_total',
      ['panel'],
      'Orders that were refused in words that the gateway does not know.',
    ),
    placementsSettled: counter(
      'panelgraph_placements_settled_total',
      ['panel', 'state'],
      'Placements whose outcome has been stored, by state.',
    ),
    chargesAboveMax: counter(
      'panelgraph_charges_above_max_total',
      ['panel'],
      'Orders for which a panel has charged more than their maxCharge; each is in the log.',
    ),
    unexpectedErrors: counter('panelgraph_unexpected_errors_total', [], 'Unforeseen errors; each is in the log.'),
  };
}

/** Creates a value for each key once and keeps it. For few keys, since none is forgotten. */
function createMemo<T>(): (key: string, make: () => T) => T {
  const made = new Map<string, T>();
  return (key, make) => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
}

/** In place of prom-client's default metrics, whose timer and observers run even if nobody reads the metrics. */
function addProcessMetrics(registers: Registry[]): void {
  const gauge = (name: string, help: string, count: () => number) => addGauge(registers, { name, help, count });
  gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  gauge('nodejs_heap_size_used_bytes', 'Memory in use by JavaScript.', () => process.memoryUsage().heapUsed);
  gauge('process_uptime_seconds', 'Time since the process started.', () => process.uptime());
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
