/** What the figures were measured on. */
import { readFile } from 'node:fs/promises';
import { arch, cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

/** The peers and the load, as package-lock.json pins them. */
const SHOWN = ['autocannon', 'graphql', 'graphql-yoga', 'dataloader', 'fastify', 'mercurius', 'graphql-jit', 'undici'];

/** Lines for the head of the results. */
export async function describeMachine(): Promise<string[]> {
  const [gateway, lock] = await Promise.all([readJson('../package.json'), readJson('package-lock.json')]);
  const packages = lock['packages'] as Record<string, { version: string }>;
  const versions = [...SHOWN, '@graphql-hive/gateway'].map(
    (name) => `${name} ${packages[`node_modules/${name}`]?.version ?? '?'}`,
  );
  const processors = cpus();
  return [
    `Machine: ${processors.length} x ${processors[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()} ${arch()}`,
    `Versions: Panelgraph ${gateway['version']}, Node ${process.versions.node}, ${versions.join(', ')}`,
  ];
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(import.meta.dirname, path), 'utf8'));
}
