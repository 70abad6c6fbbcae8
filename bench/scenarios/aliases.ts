import { askAliases, goodOrder, numbersFrom } from '../operations.ts';
import { atMost, type Scenario } from '../scenario.ts';
import { describeThroughput, measureThroughput } from './throughput.ts';

const ALIASES = 40;
const ORDERS = 10_000;

export const aliases: Scenario = {
  name: 'aliases',
  title: `Status look-ups, ${ALIASES} aliases in one operation`,
  about: `64 connections, each operation asks for ${ALIASES} of 10,000 orders; the panel is 5 ms away.`,
  async run(options) {
    const measured = await measureThroughput(
      {
        servers: ['panelgraph', 'yoga', 'mercurius', 'hive'],
        panel: { latencyMs: 5 },
        connections: 64,
        requests: (server) =>
          numbersFrom(0, ORDERS / ALIASES).map((at) => askAliases(server, numbersFrom(at * ALIASES + 1, ALIASES))),
        expect: goodOrder,
        lookupsARequest: ALIASES,
      },
      options,
    );
    return {
      ...describeThroughput(measured, { base: 'yoga', title: `Look-ups a second, ${ALIASES} aliases an operation` }),
      targets: [atMost('errors', measured.get('panelgraph')!.errors, 0)],
    };
  },
};
