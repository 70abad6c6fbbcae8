/** Reads who imports whom, and judges it by a table of arrows. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Import {
  /** A file of the sources, or the name of a package or of a built-in module. */
  readonly target: string;
  readonly isLocal: boolean;
  /** Gone when the types are stripped. */
  readonly isTypeOnly: boolean;
}

/** The imports of each source file, by its path from the root of the sources, with `/`. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>;

/** Reads every TypeScript file below a directory. @throws Error for an import whose target cannot be told. */
export function readImportGraph(directory: string): ImportGraph {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.replaceAll(path.sep, '/'))
    .sort();
  return new Map(files.map((file) => [file, parseImports(file, readFileSync(path.join(directory, file), 'utf8'))]));
}

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|[\s;{}(,])\/\/[^\n]*/g;
const STATEMENT = /(?<=^|[;}\s])(?:import|export)\s+(type\s+)?([\w*\s{},$]*?)\s*from\s*(['"])(.+?)\3/g;
const SIDE_EFFECT = /(?<=^|[;}\s])import\s*(['"])(.+?)\1/g;
const CALL = /\bimport\(\s*(?:(['"])(.+?)\1)?/g;

/** The imports of one file: `import`, `export from`, `import()` and `typeof import()`. */
export function parseImports(file: string, source: string): Import[] {
  const text = source.replaceAll(COMMENT, ' ');
  const found: Import[] = [];
  const add = (specifier: string, isTypeOnly: boolean): void => {
    const isLocal = specifier.startsWith('.');
    const target = isLocal ? path.posix.join(path.posix.dirname(file), specifier) : packageOf(specifier);
    found.push({ target, isLocal, isTypeOnly });
  };
  for (const [, type, clause = '', , specifier = ''] of text.matchAll(STATEMENT)) {
    add(specifier, type !== undefined || bringsTypesAlone(clause));
  }
  for (const [, , specifier = ''] of text.matchAll(SIDE_EFFECT)) add(specifier, false);
  for (const match of text.matchAll(CALL)) {
    if (match[2] === undefined) throw new Error(`${file}: an import() of something else than a text.`);
    add(match[2], /\btypeof\s*$/.test(text.slice(0, match.index)));
  }
  return found;
}

/** `{ type A, type B }`. */
function bringsTypesAlone(clause: string): boolean {
  const names = /^\{(.*)\}$/s.exec(clause.trim())?.[1]?.split(',') ?? [];
  const given = names.map((name) => name.trim()).filter((name) => name !== '');
  return given.length > 0 && given.every((name) => name.startsWith('type '));
}

/** `kysely/migration` is `kysely`, `@keyv/redis/x` is `@keyv/redis`, `node:fs/promises` is `node:fs`. */
function packageOf(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

export interface ArrowRules {
  /** For each part (a folder, or a file at the top) the parts that it may import besides itself. */
  readonly arrows: Readonly<Record<string, readonly string[]>>;
  /** Of these parts others import types alone, unless they are named here. */
  readonly valuesOnlyFor: Readonly<Record<string, readonly string[]>>;
  /** Arrows that the table forbids, and why they are there. */
  readonly exceptions: readonly { readonly from: string; readonly to: string; readonly because: string }[];
  /** Packages that only some parts may import. */
  readonly homes: Readonly<Record<string, readonly string[]>>;
  /** Parts that may import only these packages; a name that ends in `:` stands for all that begin with it. */
  readonly only: Readonly<Record<string, readonly string[]>>;
  /** Files that reach no file of a folder, by whatever way. */
  readonly neverReach: readonly { readonly from: string; readonly folder: string }[];
}

/** Every import against the rules, as `from -> to: why`. */
export function findForbiddenArrows(graph: ImportGraph, rules: ArrowRules): string[] {
  const problems: string[] = [];
  for (const [from, imports] of graph) {
    if (!Object.hasOwn(rules.arrows, partOf(from))) problems.push(`${from}: no rule says what it may import`);
    for (const each of imports) {
      const problem = each.isLocal ? judgeLocal(from, each, { graph, rules }) : judgePackage(from, each.target, rules);
      if (problem) problems.push(`${from} -> ${each.target}: ${problem}`);
    }
  }
  for (const { from, folder } of rules.neverReach) {
    const way = findWay(graph, from, (file) => file.startsWith(`${folder}/`));
    if (way) problems.push(`${way.join(' -> ')}: ${from} must not know ${folder}`);
  }
  return problems;
}

/** The part of a file: its folder below the root, or the file itself at the top. */
function partOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function judgeLocal(
  from: string,
  { target, isTypeOnly }: Import,
  { graph, rules }: { graph: ImportGraph; rules: ArrowRules },
): string | null {
  if (!graph.has(target)) return 'it is no source file';
  const [part, other] = [partOf(from), partOf(target)];
  if (part === other || rules.exceptions.some((each) => each.from === from && each.to === target)) return null;
  if (!(rules.arrows[part] ?? []).includes(other)) return `${part} may not import ${other}`;
  const mayHaveValues = rules.valuesOnlyFor[other]?.includes(part) ?? true;
  return isTypeOnly || mayHaveValues ? null : `${part} may import only types of ${other}`;
}

function judgePackage(from: string, name: string, { homes, only }: ArrowRules): string | null {
  const part = partOf(from);
  const allowed = only[part];
  if (allowed && !allowed.some((each) => (each.endsWith(':') ? name.startsWith(each) : name === each))) {
    return `${part} may import only ${allowed.join(', ')}`;
  }
  return homes[name]?.includes(part) === false ? `only ${homes[name].join(', ')} may import it` : null;
}

/** The shortest way from a file to one that is wanted; null where there is none. */
function findWay(graph: ImportGraph, from: string, isWanted: (file: string) => boolean): string[] | null {
  const ways: string[][] = [[from]];
  const seen = new Set([from]);
  for (const way of ways) {
    for (const { target } of graph.get(way.at(-1) ?? '') ?? []) {
      if (isWanted(target)) return [...way, target];
      if (seen.has(target) || !graph.has(target)) continue;
      seen.add(target);
      ways.push([...way, target]);
    }
  }
  return null;
}

/** One circle through each file that is on one, once each; types count as values do. */
export function findCycles(graph: ImportGraph): string[] {
  const cycles: string[] = [];
  const onCycle = new Set<string>();
  for (const file of graph.keys()) {
    if (onCycle.has(file)) continue;
    const cycle = findWay(graph, file, (target) => target === file);
    if (!cycle) continue;
    for (const each of cycle) onCycle.add(each);
    cycles.push(cycle.join(' -> '));
  }
  return cycles;
}
