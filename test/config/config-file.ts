import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/config/problems/config-error.ts';
import type { Environment } from '../../src/config/read/interpolate.ts';
import type { ConfigFlags } from '../../src/config/read/overrides.ts';

/** A directory of its own that is removed in the end. */
export async function createDirectory(): Promise<{ path: string } & AsyncDisposable> {
  const directory = await mkdtemp(path.join(tmpdir(), 'panelgraph-config-'));
  return { path: directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) };
}

export interface LoadOptions {
  readonly env?: Environment;
  readonly flags?: ConfigFlags;
  /** Default `panelgraph.yaml`. */
  readonly name?: string;
  /** Files beside the configuration, by name. */
  readonly beside?: Readonly<Record<string, string>>;
}

/** Loads a configuration of this text from a file. */
export async function load(text: string | Buffer, options: LoadOptions = {}): Promise<Config> {
  const { env = {}, flags = {}, name = 'panelgraph.yaml', beside = {} } = options;
  await using directory = await createDirectory();
  const file = path.join(directory.path, name);
  await Promise.all(
    Object.entries<string | Buffer>({ ...beside, [name]: text }).map(([other, content]) =>
      writeFile(path.join(directory.path, other), content),
    ),
  );
  return await loadConfig({ file, env, flags });
}

/** The lines of what is wrong with a configuration of this text; none where it is fine. */
export async function problemsIn(text: string | Buffer, options?: LoadOptions): Promise<string[]> {
  try {
    await load(text, options);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.split('\n');
  }
}

/** A configuration with one panel, to which lines are added. */
export function withPanel(panel: readonly string[], rest: readonly string[] = []): string {
  return ['panels:', '  - id: acme', ...panel.map((line) => `    ${line}`), ...rest, ''].join('\n');
}

/** The least a panel needs beside its id. */
export const MINIMAL_PANEL = ['url: https://panel.example/api/v2', 'key: abc'];

/** A fine configuration, to which sections are added. */
export function withSettings(...lines: string[]): string {
  return withPanel(MINIMAL_PANEL, lines);
}
