import { askOrder, goodOrder, numbersFrom } from '../operations.ts';
import { atLeast, atMost, type Scenario } from '../scenario.ts';
import { describeThroughput, measureThroughput, ratio } from './throughput.ts';

export const lookups: Scenario = {
  name: 'lookups',
  title: 'Status look-ups, many orders',
  about:
    '256 connections ask for one order each, drawn from 10,000, again as soon as they are answered; the panel is 5 ms away and has no limit. Answers are younger than a second (`statusTtlMs`, the default).',
  async run(options) {
    const measured = await measureThroughput(
      {
        servers: ['panelgraph', 'yoga', 'mercurius', 'hive', 'rest'],
        panel: { latencyMs: 5 },
        connections: 256,
        requests: (server) => numbersFrom(1, 10_000).map((number) => askOrder(server, number)),
        expect: goodOrder,
      },
      options,
    );
    const gateway = measured.get('panelgraph')!;
    return {
      ...describeThroughput(measured, { base: 'yoga', title: 'Look-ups a second, 10,000 orders, panel 5 ms away' }),
      targets: [
        atLeast('times Yoga by hand', ratio(measured, 'panelgraph', 'yoga'), 4),
        atLeast('times Mercurius with JIT', ratio(measured, 'panelgraph', 'mercurius'), 1.7),
        atMost('panel calls a look-up', gateway.callsALookup, 0.03),
        atMost('errors', gateway.errors, 0),
      ],
    };
  },
};
