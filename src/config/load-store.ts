import { configSettings } from './config.ts';
import { ConfigError } from './problems/config-error.ts';
import { problemsOf } from './problems/problems.ts';
import type { Environment } from './read/interpolate.ts';
import { type ConfigFlags, findOverrides } from './read/overrides.ts';

/**
 * The store that a flag or the environment names, for a command that needs nothing else of a configuration; undefined
 * where neither does.
 * @throws ConfigError where it is no URL of a store
 */
export function loadStore(flags: Pick<ConfigFlags, 'store'>, env: Environment): string | undefined {
  const override = findOverrides({ store: flags.store }, env).find(({ path }) => path === 'store');
  if (override === undefined) return undefined;
  const checked = configSettings.shape.store.safeParse(override.value);
  if (checked.success) return checked.data;
  const problems = problemsOf(checked.error.issues, override.value);
  throw new ConfigError(problems.map((problem) => ({ ...problem, path: override.origin })));
}
