import type { z } from 'zod';
import { type Config, configSettings, type Settings } from './config.ts';
import { isLoopbackHost } from './loopback.ts';
import { ConfigError } from './problems/config-error.ts';
import { inOrder, type Problem, problemsOf } from './problems/problems.ts';
import { findRuleProblems } from './problems/rules.ts';
import { applyOverrides, nameOrigins, type Override } from './read/overrides.ts';
import { resolveStore } from './read/store-url.ts';
import { completePanel } from './shape/panel-config.ts';

/** Settings as a file holds them, by name; the values are checked when they are used. */
export type ConfigInput = z.input<typeof configSettings>;

export interface CreateConfigOptions {
  /** What a relative path of `store` is relative to. Default: the working directory. */
  readonly directory?: string;
  /** What is set in place of the settings, from `findOverrides`. Default: nothing. */
  readonly overrides?: readonly Override[];
}

/**
 * Makes a configuration of settings, with presets and defaults filled in.
 * @throws ConfigError with every problem at once
 */
export function createConfig(
  settings: ConfigInput,
  { directory = process.cwd(), overrides = [] }: CreateConfigOptions = {},
): Config {
  const checked = checkSettings(applyOverrides(settings, overrides));
  if (checked.problems.length > 0) throw new ConfigError(nameOrigins(checked.problems, overrides));
  return checked.complete(directory);
}

/** The problems of some settings, and a function that makes a configuration of them where there are none. */
export function checkSettings(settings: unknown): {
  readonly problems: readonly Problem[];
  /** @throws ConfigError where there are problems */
  complete(directory: string): Config;
} {
  const shaped = configSettings.safeParse(settings);
  const shape = problemsOf(shaped.error?.issues ?? [], settings);
  const unshaped = new Set(shape.map(({ path }) => path));
  const rules = findRuleProblems(settings).filter(({ path }) => !unshaped.has(path));
  const problems = inOrder([...shape, ...rules]);
  return {
    problems,
    complete(directory) {
      if (!shaped.success) throw new ConfigError(problems);
      return completeConfig(shaped.data, directory);
    },
  };
}

function completeConfig({ tokens: _tokens, ...settings }: Settings, directory: string): Config {
  const host = settings.server.host.replace(/^\[(.*)\]$/, '$1');
  return {
    ...settings,
    panels: settings.panels.map(completePanel),
    server: { ...settings.server, host, graphiql: settings.server.graphiql ?? isLoopbackHost(host) },
    store: resolveStore(settings.store, directory),
  };
}
