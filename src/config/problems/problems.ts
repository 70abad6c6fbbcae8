import type { z } from 'zod';
import { configSettings } from '../config.ts';
import { arrayElement, objectShape } from '../shape/look-inside.ts';
import { closestName } from './closest-name.ts';

export type ProblemPath = readonly (string | number)[];

/** One thing that is wrong with the configuration. It never contains a value, since any value may be a secret. */
export interface Problem {
  /** `panels[1].url`, or the flag, variable or file that the problem is with. */
  readonly path: string;
  /** Completes "the setting ...", such as `must be https`. */
  readonly problem: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** The line of the file that the problem is on, and a caret below it. */
  readonly excerpt?: string | undefined;
}

/** `path: problem (hint)`, and the lines of the excerpt. */
export function formatProblem({ path, problem, hint, excerpt }: Problem): string {
  const sentence = hint === undefined ? `${path}: ${problem}` : `${path}: ${problem} (${hint})`;
  return excerpt === undefined ? sentence : `${sentence}\n${excerpt}`;
}

/** `panels[1].url` */
export function formatPath(path: ProblemPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[\w-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** The problems that the shape found in `input`. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], input: unknown): Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownSetting(path, key));
    return [{ path: formatPath(path) || 'settings', ...problemOf(issue, valueAt(input, path)) }];
  });
}

/** Sorts problems in the order of the reference, and those of panels by panel. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const sections = Object.keys(configSettings.shape);
  const place = ({ path }: Problem): number => {
    const [, section = '', index = '0'] = /^(\w*)(?:\[(\d+)\])?/.exec(path) ?? [];
    return sections.indexOf(section) * 1000 + Number(index);
  };
  return problems.toSorted((left, right) => place(left) - place(right));
}

function problemOf(issue: z.core.$ZodIssue, value: unknown): Omit<Problem, 'path'> {
  switch (issue.code) {
    case 'custom':
      return { problem: issue.message, hint: issue.params?.['hint'] };
    case 'invalid_type':
      if (value === undefined) return { problem: 'is missing' };
      return { problem: issue.expected === 'array' ? 'must be a list' : 'must hold settings, as `name: value`' };
    case 'too_small':
      return { problem: 'must not be empty' };
    default:
      return { problem: 'is not valid' };
  }
}

/** API keys are longer than the name of any setting, so that a longer name may be a key and is not repeated. */
export const LONGEST_SHOWN_NAME = 24;

function unknownSetting(path: ProblemPath, key: string): Problem {
  const known = knownNames(path);
  if (key.length > LONGEST_SHOWN_NAME) {
    return { path: formatPath(path) || 'settings', problem: 'has a setting with an unknown name', hint: listed(known) };
  }
  const closest = closestName(key, known);
  const hint = closest === undefined ? listed(known) : `did you mean \`${closest}\`?`;
  return { path: formatPath([...path, key]), problem: 'is not a setting', hint };
}

function listed(names: readonly string[]): string {
  return `known here: ${names.join(', ')}`;
}

function knownNames(path: ProblemPath): readonly string[] {
  const schema = path.reduce<z.core.$ZodType | undefined>((at, step) => {
    if (at === undefined) return undefined;
    return typeof step === 'number' ? arrayElement(at) : objectShape(at)?.[step];
  }, configSettings);
  return Object.keys((schema && objectShape(schema)) ?? {});
}

function valueAt(input: unknown, path: ProblemPath): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined),
    input,
  );
}
