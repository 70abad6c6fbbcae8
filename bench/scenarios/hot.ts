import { askOrder, goodOrder, numbersFrom } from '../operations.ts';
import { atLeast, atMost, type Findings, type RunOptions, type Scenario } from '../scenario.ts';
import type { ServerName } from '../servers.ts';
import { describeThroughput, measureThroughput, ratio } from './throughput.ts';

export const hot: Scenario = {
  name: 'hot',
  title: 'Status look-ups, one order hot',
  about:
    '256 connections ask for the same order; the panel is 5 ms away. The echo reads and writes the same bytes as JSON on node:http and does nothing between: no server can do more.',
  run: (options) => measureHot(options, { orders: 1, servers: ['panelgraph', 'yoga', 'mercurius', 'rest', 'echo'] }),
};

export const hotMany: Scenario = {
  name: 'hot-many',
  title: 'Status look-ups, many orders hot',
  about: 'As before, with 1,000 orders: all of them are asked for again within `statusTtlMs`.',
  run: (options) => measureHot(options, { orders: 1000, servers: ['panelgraph', 'echo'] }),
};

async function measureHot(
  options: RunOptions,
  { orders, servers }: { orders: number; servers: readonly ServerName[] },
): Promise<Findings> {
  const measured = await measureThroughput(
    {
      servers,
      panel: { latencyMs: 5 },
      connections: 256,
      requests: (server) => numbersFrom(1, orders).map((number) => askOrder(server, number)),
      expect: goodOrder,
      echoes: askOrder('panelgraph', 1),
    },
    options,
  );
  const many = orders === 1 ? 'one order' : `${orders.toLocaleString('en-US')} orders`;
  return {
    ...describeThroughput(measured, { base: 'echo', title: `Look-ups a second, ${many} hot` }),
    targets: [
      ...(orders === 1 ? [atLeast('of the echo', ratio(measured, 'panelgraph', 'echo'), 0.5)] : []),
      atMost('errors', measured.get('panelgraph')!.errors, 0),
    ],
  };
}
