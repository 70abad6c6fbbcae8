/** The arrows of ARCHITECTURE.md, checked against the imports of the sources. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseExportedNames, readExportedNames } from './support/exported-names.ts';
import {
  type ArrowRules,
  findCycles,
  findForbiddenArrows,
  type ImportGraph,
  parseImports,
  readImportGraph,
} from './support/imports.ts';
import { findCrowdedRooms, ROOM_SIZE } from './support/rooms.ts';

/** Whoever is on a line may import what stands on the lines below it. */
const GROUND = ['domain'];
const BELOW_PANELS = ['providers', 'storage', ...GROUND];
const BELOW_CATALOGUE = ['panels', ...BELOW_PANELS];
const BELOW_LOADERS = ['catalogue', 'orders', 'access', ...BELOW_CATALOGUE];
const BELOW_SCHEMA = ['loaders', ...BELOW_LOADERS];
const BELOW_SERVER = ['schema', ...BELOW_SCHEMA];
/** From anywhere but the two that stand alone: what may be configured, and what is told of the gateway. */
const ANYWHERE = ['config', 'telemetry'];

const RULES: ArrowRules = {
  arrows: {
    'gateway.ts': ['server', ...BELOW_SERVER, ...ANYWHERE],
    cli: ['gateway.ts', 'demo', 'server', ...BELOW_SERVER, ...ANYWHERE],
    server: [...BELOW_SERVER, ...ANYWHERE],
    schema: [...BELOW_SCHEMA, ...ANYWHERE],
    loaders: [...BELOW_LOADERS, ...ANYWHERE],
    // An order is checked against the catalogue, for a caller.
    orders: ['catalogue', 'access', ...BELOW_CATALOGUE, ...ANYWHERE],
    catalogue: [...BELOW_CATALOGUE, ...ANYWHERE],
    access: [...BELOW_CATALOGUE, ...ANYWHERE],
    panels: [...BELOW_PANELS, ...ANYWHERE],
    providers: [...GROUND, ...ANYWHERE],
    storage: [...GROUND, ...ANYWHERE],
    config: GROUND,
    telemetry: [...GROUND, 'config'],
    domain: [],
    demo: [],
  },
  // What the environment and the files say is read once, by the command line; the rest is handed its configuration.
  valuesOnlyFor: { config: ['cli', 'gateway.ts'] },
  exceptions: [
    {
      from: 'server/http/request-guard.ts',
      to: 'config/loopback.ts',
      because: 'one rule tells which addresses are loopback, to listen on and in a Host header',
    },
    {
      from: 'config/shape/panel-config.ts',
      to: 'providers/dialects/standard/add/add-fields.ts',
      because: 'idempotencyParameter is the name of a field on the wire, and must be none of those of an order',
    },
  ],
  homes: {
    graphql: ['schema', 'server'],
    '@pothos/core': ['schema'],
    'graphql-yoga': ['server'],
    '@graphql-yoga/render-graphiql': ['server'],
    dataloader: ['loaders'],
    undici: ['providers'],
    keyv: ['storage'],
    '@keyv/redis': ['storage'],
    kysely: ['storage'],
    pg: ['storage'],
    'node:sqlite': ['storage'],
    commander: ['cli'],
    yaml: ['config'],
    'big.js': ['domain'],
  },
  only: { domain: ['big.js'], demo: ['node:'] },
  neverReach: [
    { from: 'providers/provider.ts', folder: 'providers/dialects' },
    { from: 'providers/dialect.ts', folder: 'providers/dialects' },
  ],
};

/** Rooms that hold more than ROOM_SIZE files, with the number that none of them may exceed. Numbers only go down. */
const CROWDED_ROOMS: Readonly<Record<string, number>> = {};

/** Names that two files still export with two meanings. Take a name out once it has one; put none in. */
const STILL_DOUBLED: readonly string[] = [];

describe('the sources', () => {
  const directory = fileURLToPath(new URL('../src', import.meta.url));
  const graph = readImportGraph(directory);

  it('are read', () => {
    expect(graph.size).toBeGreaterThan(150);
    expect(graph.get('cli/serving/run-gateway.ts')).toContainEqual({
      target: 'gateway.ts',
      isLocal: true,
      isTypeOnly: false,
    });
  });

  it('import only along the arrows', () => {
    expect(findForbiddenArrows(graph, RULES)).toEqual([]);
  });

  it('have no circle, not even of types', () => {
    expect(findCycles(graph)).toEqual([]);
  });

  it('stand in rooms of ten files at most', () => {
    expect(findCrowdedRooms(graph.keys(), CROWDED_ROOMS)).toEqual([]);
  });

  it('export each name from one file', () => {
    // The demo shares no code with the gateway, so both have a word for the same thing.
    const isOfDemo = (file: string): boolean => file.startsWith('demo/');
    const doubled = Array.from(readExportedNames(directory)).flatMap(([name, files]) => {
      const houses = [files.filter(isOfDemo), files.filter((file) => !isOfDemo(file))];
      return houses.filter((own) => own.length > 1).map((own) => `${name}: ${own.join(', ')}`);
    });
    expect(doubled.filter((line) => !STILL_DOUBLED.some((name) => line.startsWith(`${name}: `)))).toEqual([]);
  });

  it('need every exception', () => {
    for (const { from, to } of RULES.exceptions) expect(graph.get(from)?.map(({ target }) => target)).toContain(to);
  });
});

describe('the check of the arrows', () => {
  /** Some files with what each imports, and nothing else. */
  const graphOf = (sources: Readonly<Record<string, string>>): ImportGraph =>
    new Map(Object.entries(sources).map(([file, source]) => [file, parseImports(file, source)]));

  const FORBIDDEN: readonly (readonly [string, string, string])[] = [
    ['providers/x.ts', "import { y } from '../storage/y.ts';", 'providers may not import storage'],
    ['providers/x.ts', "import type { y } from '../loaders/y.ts';", 'providers may not import loaders'],
    ['domain/x.ts', "import type { y } from '../config/y.ts';", 'domain may not import config'],
    ['domain/x.ts', "import { z } from 'zod';", 'domain may import only big.js'],
    ['catalogue/x.ts', "export * from '../orders/y.ts';", 'catalogue may not import orders'],
    ['server/x.ts', "import { y } from '../cli/y.ts';", 'server may not import cli'],
    ['server/x.ts', "import { y } from '../gateway.ts';", 'server may not import gateway.ts'],
    ['server/x.ts', "import { y } from '../demo/y.ts';", 'server may not import demo'],
    ['server/x.ts', "import { y } from '../config/y.ts';", 'server may import only types of config'],
    ['demo/x.ts', "import { y } from '../domain/y.ts';", 'demo may not import domain'],
    ['demo/x.ts', "const y = await import('zod');", 'demo may import only node:'],
    ['schema/x.ts', "import { Pool } from 'undici';", 'only providers may import it'],
    ['schema/x.ts', "import type { Kysely } from 'kysely/migration';", 'only storage may import it'],
    ['schema/x.ts', "import KeyvRedis, { createClient } from '@keyv/redis';", 'only storage may import it'],
    ['providers/x.ts', "export { parse } from 'graphql';", 'only schema, server may import it'],
    ['utils/x.ts', '', 'no rule says what it may import'],
    ['index.ts', '', 'no rule says what it may import'],
    ['domain/x.ts', "import '../domain/missing.ts';", 'it is no source file'],
  ];
  it.each(FORBIDDEN)('finds in %s: %s', (file, source, why) => {
    const targets = ['storage', 'loaders', 'config', 'orders', 'cli', 'demo', 'domain'];
    const others = Object.fromEntries(targets.map((part) => [`${part}/y.ts`, '']));
    const problems = findForbiddenArrows(graphOf({ ...others, 'gateway.ts': '', [file]: source }), RULES);
    expect(problems).toEqual([expect.stringContaining(why)]);
  });

  it('finds a concrete dialect behind another file', () => {
    const graph = graphOf({
      'providers/dialect.ts': "import type { Way } from './way.ts';",
      'providers/way.ts': "import { pica } from './dialects/pica/index.ts';",
      'providers/dialects/pica/index.ts': '',
    });
    expect(findForbiddenArrows(graph, RULES)).toEqual([
      'providers/dialect.ts -> providers/way.ts -> providers/dialects/pica/index.ts: providers/dialect.ts must not know providers/dialects',
    ]);
  });

  it('lets everything else pass', () => {
    const graph = graphOf({
      'cli/x.ts': "const { y } = await import('../gateway.ts');\nimport { z } from '../demo/z.ts';",
      'gateway.ts': "import { read } from './config/y.ts';\nimport './server/x.ts';",
      'server/x.ts': "import { type A, type B } from '../config/y.ts';\nimport { z } from '../domain/z.ts';",
      'demo/z.ts': "import { createServer } from 'node:http';",
      'config/y.ts': '',
      'domain/z.ts': "import { Big } from 'big.js';",
    });
    expect(findForbiddenArrows(graph, RULES)).toEqual([]);
    expect(findCycles(graph)).toEqual([]);
  });

  it.each([
    ['two files', { 'a/x.ts': "import './y.ts';", 'a/y.ts': "import { x } from './x.ts';" }],
    ['types', { 'a/x.ts': "import type { Y } from './y.ts';", 'a/y.ts': "import { type X } from './x.ts';" }],
    ['a file and itself', { 'a/x.ts': "export * from './x.ts';" }],
    [
      'a chain',
      {
        'a/x.ts': "import './y.ts';",
        'a/y.ts': "import '../b/z.ts';",
        'b/z.ts': "const load = () => import('../a/x.ts');",
      },
    ],
  ])('finds a circle of %s', (_, sources) => {
    expect(findCycles(graphOf(sources as Record<string, string>))).toEqual([expect.stringMatching(/^a\/x\.ts -> /)]);
  });

  it('reads every way to import, and no comment', () => {
    const source = `
      import first, {
        type A,
        b,
      } from './first.ts';
      import * as second from "./second.ts";
      export type { C } from './third.ts';
      export { type D } from './fourth.ts';
      type E = typeof import('./fifth.ts');
      // import x from './never.ts';
      /** import y from './never.ts'; */
      const url = 'http://example.com'; import './sixth.ts';
    `;
    const found = parseImports('a/x.ts', source).map(({ target, isTypeOnly }) => [target, isTypeOnly]);
    expect(Object.fromEntries(found)).toEqual({
      'a/first.ts': false,
      'a/second.ts': false,
      'a/third.ts': true,
      'a/fourth.ts': true,
      'a/fifth.ts': true,
      'a/sixth.ts': false,
    });
    expect(found).toHaveLength(6);
  });

  it('reads every way to declare an exported name, and nothing that is passed on', () => {
    const source = `
export async function first(): void {}
export function over(a: string): string;
export function over(a: unknown): unknown {}
export abstract class Second {}
export interface Third {}
export type Fourth = string;
export const fifth = 5;
export type { Sixth } from './sixth.ts';
export * from './seventh.ts';
const eighth = 'export const ninth';
`;
    expect(parseExportedNames(source)).toEqual(['first', 'over', 'Second', 'Third', 'Fourth', 'fifth']);
  });

  it('refuses an import() that it cannot follow', () => {
    expect(() => parseImports('a/x.ts', 'await import(name)')).toThrow(/a\/x\.ts/);
  });
});

describe('the check of the rooms', () => {
  const filesOf = (room: string, count: number) => Array.from({ length: count }, (_, index) => `${room}/f${index}.ts`);

  it('names a room that has one file too many, and counts no file of its inner rooms', () => {
    const files = [...filesOf('a', ROOM_SIZE), ...filesOf('a/inner', ROOM_SIZE), ...filesOf('b', ROOM_SIZE + 1)];
    expect(findCrowdedRooms(files, {})).toEqual(['b: 11 files, at most 10']);
  });

  it('lets a crowded room keep its number, and not grow', () => {
    expect(findCrowdedRooms(filesOf('a', 20), { a: 20 })).toEqual([]);
    expect(findCrowdedRooms(filesOf('a', 21), { a: 20 })).toEqual(['a: 21 files, at most 20']);
  });
});
