import type { Scenario } from '../scenario.ts';
import { idle, placing } from './added-latency.ts';
import { aliases } from './aliases.ts';
import { catalogue } from './catalogue.ts';
import { hot, hotMany } from './hot.ts';
import { lookups } from './lookups.ts';
import { memory } from './memory.ts';
import { panelLimit } from './panel-limit.ts';

/** In the order in which they are measured. */
export const SCENARIOS: readonly Scenario[] = [
  lookups,
  hot,
  hotMany,
  aliases,
  panelLimit,
  idle,
  placing,
  catalogue,
  memory,
];
