import path from 'node:path';
import type { Config } from './config.ts';
import { checkSettings } from './create-config.ts';
import { ConfigError } from './problems/config-error.ts';
import { inOrder } from './problems/problems.ts';
import { type Environment, interpolate } from './read/interpolate.ts';
import { applyOverrides, type ConfigFlags, findOverrides, nameOrigins } from './read/overrides.ts';
import { readDocument } from './read/read-document.ts';

export interface LoadConfigOptions {
  /** YAML or JSON. */
  readonly file: string;
  readonly env: Environment;
  readonly flags?: ConfigFlags;
}

/**
 * Reads and checks a configuration. Flags win over the environment, the environment over the file.
 * @throws ConfigError with every problem at once, or with those of the syntax
 */
export async function loadConfig({ file, env, flags = {} }: LoadConfigOptions): Promise<Config> {
  const directory = path.dirname(path.resolve(file));
  const overrides = findOverrides(flags, env);
  const except = new Set(overrides.map((override) => override.path));
  const settings = applyOverrides(await readDocument(file), overrides);
  const { value, problems: unresolved } = await interpolate(settings, { env, directory, except });
  const checked = checkSettings(value);
  const hidden = new Set(unresolved.map((problem) => problem.path));
  const problems = inOrder([...unresolved, ...checked.problems.filter((problem) => !hidden.has(problem.path))]);
  if (problems.length > 0) throw new ConfigError(nameOrigins(problems, overrides));
  return checked.complete(directory);
}
