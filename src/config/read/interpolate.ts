/** `${NAME}` and `${file:PATH}` in settings. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatPath, LONGEST_SHOWN_NAME, type Problem, type ProblemPath } from '../problems/problems.ts';
import { readFailure } from './read-text-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface InterpolateOptions {
  readonly env: Environment;
  /** What a relative `${file:PATH}` is relative to. */
  readonly directory: string;
  /** The settings that stay as they are, such as `server.host`. */
  readonly except: ReadonlySet<string>;
}

export interface Interpolated {
  /** The settings with every reference replaced; one that failed makes its setting undefined. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

const REFERENCE = /\$\{([^}]*)\}/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Replaces the references in every text. The text that takes the place of a reference is not searched for others. */
export async function interpolate(settings: unknown, options: InterpolateOptions): Promise<Interpolated> {
  const problems: Problem[] = [];
  const value = await interpolateValue(settings, [], options, problems);
  return { value, problems };
}

async function interpolateValue(
  value: unknown,
  at: ProblemPath,
  options: InterpolateOptions,
  problems: Problem[],
): Promise<unknown> {
  if (typeof value === 'string') {
    return options.except.has(formatPath(at)) ? value : interpolateText(value, at, options, problems);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((entry, index) => interpolateValue(entry, [...at, index], options, problems)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([name, entry]): Promise<[string, unknown]> => {
    return [name, await interpolateValue(entry, [...at, name], options, problems)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function interpolateText(
  text: string,
  at: ProblemPath,
  options: InterpolateOptions,
  problems: Problem[],
): Promise<string | undefined> {
  const references = [...text.matchAll(REFERENCE)];
  const found = await Promise.all(references.map(([, reference = '']) => resolve(reference, options)));
  const failed = found.filter((result) => typeof result !== 'string');
  problems.push(...failed.map((failure) => ({ path: formatPath(at), ...failure })));
  if (failed.length > 0) return undefined;
  const texts = found.filter((result) => typeof result === 'string');
  return text.replace(REFERENCE, () => texts.shift() ?? '');
}

type Failure = Omit<Problem, 'path'>;

async function resolve(reference: string, { env, directory }: InterpolateOptions): Promise<string | Failure> {
  if (reference.startsWith('file:')) return readSecretFile(path.resolve(directory, reference.slice('file:'.length)));
  if (!NAME.test(reference)) {
    return { problem: 'has a reference that cannot be read', hint: `write \${NAME} or \${file:PATH}` };
  }
  const value = Object.hasOwn(env, reference) ? env[reference] : undefined;
  return value ?? missing(reference);
}

/** Does not repeat what may be a key that was pasted between the braces: names of variables are upper case, or short. */
function missing(name: string): Failure {
  if (name !== name.toUpperCase() && name.length > LONGEST_SHOWN_NAME) {
    return {
      problem: 'names an environment variable that is not set',
      hint: 'put the name of a variable between the braces',
    };
  }
  return { problem: `the environment variable ${name} is not set`, hint: `export ${name}=...` };
}

/** Leaves out the newline at the end: editors and `echo` add one that is not part of the secret. */
async function readSecretFile(file: string): Promise<string | Failure> {
  try {
    return (await readFile(file, 'utf8')).replace(/[\r\n]+$/, '');
  } catch (error) {
    return { problem: `the file ${file} cannot be read`, hint: readFailure(error) };
  }
}
