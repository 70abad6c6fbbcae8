import { randomBytes } from 'node:crypto';
import {
  DEMO_ACTIONS,
  DEMO_FLAVOURS,
  type DemoPanelOptions,
  FAULT_KINDS,
  type FaultKind,
} from './demo-panel-options.ts';

type Flags = Readonly<Record<string, unknown>>;

/**
 * Makes panel options of the values of command-line flags, texts or already numbers. Every flag may be missing:
 * then the flavour is `plus`, the currency `USD`, the balance `100.84292`, the key random, the rest as in
 * {@link DemoPanelOptions}. `fault` is a list of `kind=share`, `faultActions` a list or one text with commas.
 * Throws an Error that names the bad flag.
 */
export function parseDemoPanelFlags(argv: Flags): DemoPanelOptions {
  const flavour = oneOf(argv, 'flavour', DEMO_FLAVOURS) ?? 'plus';
  return {
    name: `demo-${flavour}`,
    flavour,
    key: text(argv, 'key', /^\S+$/) ?? randomBytes(16).toString('hex'),
    currency: text(argv, 'currency', /^[A-Z]{3}$/) ?? 'USD',
    balance: text(argv, 'balance', /^\d{1,15}(\.\d{1,8})?$/) ?? '100.84292',
    ...given('seed', number(argv, 'seed', { whole: true })),
    ...given('latencyMs', number(argv, 'latency', { low: 0 })),
    ...given('faults', faults(argv)),
    ...given('faultsAfter', flag(argv, 'faultsAfter')),
    ...given('faultActions', actions(argv)),
    ...given('callsPerSecond', number(argv, 'callsPerSecond', { above: 0 })),
    ...given('speed', number(argv, 'speed', { above: 0 })),
    ...given('services', number(argv, 'services', { whole: true, low: 1, high: 100_000 })),
    ...given('host', text(argv, 'host', /^\S+$/)),
    ...given('port', number(argv, 'port', { whole: true, low: 0, high: 65_535 })),
  };
}

function faults(argv: Flags): DemoPanelOptions['faults'] {
  const entries = list(argv, 'fault')?.map((entry): [FaultKind, number] => {
    const [, word = '', share = ''] = /^([a-z0-9-]+)=(.+)$/.exec(entry) ?? [];
    const kind = FAULT_KINDS.find((known) => known === word);
    if (kind === undefined) throw bad('fault', entry, `kind=share with a kind of ${FAULT_KINDS.join(', ')}`);
    return [kind, number({ fault: share }, 'fault', { low: 0, high: 1 })!];
  });
  // Shares are added up as whole billionths: 0.1 + 0.2 + 0.7 must not come out above 1.
  const sum = entries?.reduce((total, [, share]) => total + Math.round(share * 1e9), 0) ?? 0;
  if (sum > 1e9) throw bad('fault', entries, 'shares that are together at most 1');
  return entries && Object.fromEntries(entries);
}

function actions(argv: Flags): string[] | undefined {
  const words = list(argv, 'faultActions');
  for (const word of words ?? []) oneOf({ faultActions: word }, 'faultActions', DEMO_ACTIONS);
  return words;
}

function number(
  argv: Flags,
  name: string,
  range: { whole?: boolean; low?: number; above?: number; high?: number },
): number | undefined {
  const value = argv[name];
  if (value === undefined) return undefined;
  const parsed = typeof value === 'number' ? value : typeof value === 'string' && value.trim() ? Number(value) : NaN;
  const { whole = false, low = -Infinity, above = -Infinity, high = Infinity } = range;
  const fits = Number.isFinite(parsed) && parsed >= low && parsed > above && parsed <= high;
  if (fits && (!whole || Number.isSafeInteger(parsed))) return parsed;
  const least = low > -Infinity ? ` from ${low}` : above > -Infinity ? ` above ${above}` : '';
  throw bad(name, value, `a ${whole ? 'whole ' : ''}number${least}${high < Infinity ? ` to ${high}` : ''}`);
}

function text(argv: Flags, name: string, pattern: RegExp): string | undefined {
  const value = argv[name];
  if (value === undefined) return undefined;
  const printed = typeof value === 'number' ? String(value) : value;
  if (typeof printed === 'string' && pattern.test(printed)) return printed;
  throw bad(name, value, `a text like ${pattern.source}`);
}

function oneOf<T extends string>(argv: Flags, name: string, words: readonly T[]): T | undefined {
  const value = argv[name];
  if (value === undefined) return undefined;
  const word = words.find((known) => known === value);
  if (word === undefined) throw bad(name, value, `one of ${words.join(', ')}`);
  return word;
}

function flag(argv: Flags, name: string): boolean | undefined {
  const value = argv[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw bad(name, value, 'given without a value');
}

function list(argv: Flags, name: string): string[] | undefined {
  const value = argv[name];
  if (value === undefined) return undefined;
  const entries = (Array.isArray(value) ? value : [value]).flatMap((entry: unknown) =>
    typeof entry === 'string' ? entry.split(',').map((part) => part.trim()) : [''],
  );
  if (entries.includes('')) throw bad(name, value, 'a list of texts');
  return entries;
}

function given<K extends string, V>(name: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: V });
}

function bad(name: string, value: unknown, wanted: string): Error {
  const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return new Error(`--${dashed}: expected ${wanted}, got ${JSON.stringify(value)}`);
}
