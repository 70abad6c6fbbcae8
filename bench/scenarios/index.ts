import type { Scenario } from '../scenario.ts';
import { lookups } from './lookups.ts';

/** In the order in which they are measured. */
export const SCENARIOS: readonly Scenario[] = [lookups];
