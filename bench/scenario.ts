/** What a scenario is, and what it tells. */
import type { Options } from './options.ts';

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** How it is measured, in a sentence or two. */
  readonly about: string;
  run(options: RunOptions): Promise<Findings>;
}

export interface RunOptions extends Pick<Options, 'seconds' | 'runs'> {
  /** Arguments of Node for the gateway: those of a profile, else none. */
  readonly gatewayArgs: readonly string[];
  /** Only the gateway, once: what a profile needs. */
  readonly isProfile: boolean;
}

export interface Findings {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is drawn, and how it is called. */
  readonly chart: Chart;
  readonly targets: readonly Target[];
}

export interface Chart {
  readonly title: string;
  readonly bars: readonly { readonly label: string; readonly value: number; readonly text: string }[];
}

/** Something that must hold. */
export interface Target {
  readonly what: string;
  readonly got: string;
  readonly isMet: boolean;
}

export const atLeast = (what: string, got: number, wanted: number, unit = ''): Target => ({
  what: `${what}: at least ${wanted}${unit}`,
  got: `${round(got)}${unit}`,
  isMet: got >= wanted,
});

export const atMost = (what: string, got: number, wanted: number, unit = ''): Target => ({
  what: `${what}: at most ${wanted}${unit}`,
  got: `${round(got)}${unit}`,
  isMet: got <= wanted,
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Three digits that count, thousands apart. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}
