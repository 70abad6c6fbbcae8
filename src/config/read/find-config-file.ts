import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Environment } from './interpolate.ts';

/** Looked for in the working directory, in this order, where none is named. */
export const CONFIG_FILE_NAMES = ['panelgraph.yaml', 'panelgraph.yml', 'panelgraph.json'] as const;

export interface FindConfigFileOptions {
  /** The value of `--config`. */
  readonly flag?: string | undefined;
  readonly env: Environment;
  /** Default: the working directory. */
  readonly directory?: string;
}

/**
 * The file to load: `--config`, else PANELGRAPH_CONFIG, else the first of CONFIG_FILE_NAMES that exists.
 * A named one is returned whether it exists or not, so that a mistyped name never means another file.
 */
export function findConfigFile({ flag, env, directory = process.cwd() }: FindConfigFileOptions): string | undefined {
  const named = flag ?? (env['PANELGRAPH_CONFIG'] || undefined);
  if (named !== undefined) return path.resolve(directory, named);
  return CONFIG_FILE_NAMES.map((name) => path.join(directory, name)).find((file) => existsSync(file));
}
