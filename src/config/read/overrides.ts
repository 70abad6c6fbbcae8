/** What the command line and the environment say instead of the file. */

import type { Problem } from '../problems/problems.ts';
import type { Environment } from './interpolate.ts';
import { resolveStore } from './store-url.ts';

/** The flags that stand for settings, as texts. */
export interface ConfigFlags {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly store?: string | undefined;
  readonly cacheUrl?: string | undefined;
}

/** One setting that does not come from the file. */
export interface Override {
  /** Such as `server.host`. */
  readonly path: string;
  readonly value: string;
  /** The flag or the variable, as a problem names it. */
  readonly origin: string;
}

interface Overridable {
  readonly path: string;
  readonly key: keyof ConfigFlags;
  readonly flag: string;
  readonly variable: string;
}

/** The settings that a flag or a variable may stand for. */
export const OVERRIDABLE: readonly Overridable[] = [
  { path: 'server.host', key: 'host', flag: '--host', variable: 'PANELGRAPH_HOST' },
  { path: 'server.port', key: 'port', flag: '--port', variable: 'PANELGRAPH_PORT' },
  { path: 'store', key: 'store', flag: '--store', variable: 'PANELGRAPH_STORE' },
  { path: 'cache.url', key: 'cacheUrl', flag: '--cache-url', variable: 'PANELGRAPH_CACHE_URL' },
];

/** What is set by flags and variables. A flag wins over a variable, and an empty variable counts as unset. */
export function findOverrides(flags: ConfigFlags, env: Environment): Override[] {
  return OVERRIDABLE.flatMap(({ path, key, flag, variable }) => {
    const [given, exported] = [flags[key], env[variable]];
    if (given !== undefined) return [{ path, value: fromHere(path, given), origin: flag }];
    return exported ? [{ path, value: fromHere(path, exported), origin: variable }] : [];
  });
}

/** The settings with the overrides in their places; settings of an unusable shape stay as they are. */
export function applyOverrides(settings: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce((changed, { path, value }) => withValue(changed, path.split('.'), value), settings);
}

/** Names each problem by the flag or variable that it comes from: a wrong `--port` is not the fault of the file's `server.port`. */
export function nameOrigins(problems: readonly Problem[], overrides: readonly Override[]): Problem[] {
  return problems.map((problem) => {
    const origin = overrides.find(({ path }) => path === problem.path)?.origin;
    return origin === undefined ? problem : { ...problem, path: origin };
  });
}

/** A path on the command line is relative to where the command was given, not to the file. */
function fromHere(path: string, value: string): string {
  return path === 'store' ? resolveStore(value, process.cwd()) : value;
}

function withValue(settings: unknown, [name = '', ...rest]: readonly string[], value: string): unknown {
  if (settings !== undefined && (typeof settings !== 'object' || settings === null || Array.isArray(settings))) {
    return settings;
  }
  const fields: Record<string, unknown> = { ...settings };
  return { ...fields, [name]: rest.length === 0 ? value : withValue(fields[name], rest, value) };
}
