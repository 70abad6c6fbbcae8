/** What the command line asks for. */
import { parseArgs } from 'node:util';

export interface Options {
  /** Names of scenarios; empty: all. */
  readonly only: readonly string[];
  /** How long each load is measured. */
  readonly seconds: number;
  /** How often; the median counts. */
  readonly runs: number;
  /** The scenario whose gateway is profiled, in place of a measurement. */
  readonly profile: string | undefined;
}

export const USAGE = `npm run bench -- [options]
  --only a,b      only these scenarios
  --seconds n     how long each load is measured (default 2)
  --runs n        how often; the median counts (default 3)
  --profile name  a CPU profile of the gateway in this scenario, in place of a measurement
  --list          the scenarios`;

export function readOptions(args: readonly string[], known: readonly string[]): Options | 'list' {
  const { values } = parseArgs({
    allowPositionals: false,
    args: [...args],
    options: {
      only: { type: 'string' },
      seconds: { type: 'string', default: '2' },
      runs: { type: 'string', default: '3' },
      profile: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  if (values.list) return 'list';
  const only = values.profile ? [values.profile] : (values.only?.split(',').filter(Boolean) ?? []);
  const unknown = only.find((name) => !known.includes(name));
  if (unknown) throw new Error(`No scenario ${unknown}: there are ${known.join(', ')}.`);
  return {
    only,
    seconds: positive('seconds', values.seconds),
    runs: positive('runs', values.runs),
    profile: values.profile,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0.`);
  return value;
}
