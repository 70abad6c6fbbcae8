/** What an attack is: something that one client sends, and what may come back. */
import type { Answer, Sending } from './stand/send.ts';
import type { Stand } from './stand/stand.ts';

export interface AttackCase {
  /** What is sent, in a few words. */
  readonly name: string;
  readonly send: (stand: Stand) => Promise<Answer | readonly Answer[]>;
  readonly expected: Expected;
  /** Seconds; left to `npm run test:attack`. */
  readonly takesLong?: boolean;
  /** For a case of several requests; otherwise what the gateway allows one request. */
  readonly mostPanelCalls?: number;
}

export interface Expected {
  readonly outcome: 'answered' | 'refused';
  /** The codes that may occur in the answers; one of them must, where the request is refused. */
  readonly codes: readonly string[];
  /** The HTTP statuses that may come. */
  readonly statuses: readonly number[];
}

/** The request is carried out; single items or fields of it may fail with these codes. */
export const answered = (...codes: readonly string[]): Expected => ({ outcome: 'answered', codes, statuses: [200] });

/** All of the request, or each costly part of it, fails. A GraphQL client of application/json gets status 200. */
export const refused = (code = 'INVALID_INPUT', ...statuses: readonly number[]): Expected => ({
  outcome: 'refused',
  codes: [code],
  statuses: statuses.length > 0 ? statuses : [200, 400],
});

/** Carried out or refused as too much, as the limits are set. */
export const bounded = (...codes: readonly string[]): Expected => ({
  outcome: 'answered',
  codes: ['INVALID_INPUT', ...codes],
  statuses: [200, 400],
});

interface Operation {
  readonly query: string;
  readonly variables?: unknown;
}

/** Sends an operation, made when it is wanted: some are large. */
export const operation =
  (
    create: (stand: Stand) => Operation,
    { times = 1, ...sending }: Sending & { times?: number } = {},
  ): AttackCase['send'] =>
  async (stand) => {
    const body = JSON.stringify(create(stand));
    const answers: Answer[] = [];
    for (let sent = 0; sent < times; sent += 1) answers.push(await stand.post(body, sending));
    return answers;
  };

/** `count` fields `a0: …, a1: …` of an operation. */
export const aliases = (count: number, field: string | ((at: number) => string)): string =>
  Array.from({ length: count }, (_, at) => `a${at}: ${typeof field === 'string' ? field : field(at)}`).join(' ');

/** Combining marks in the order that takes normalisation longest: it sorts them by insertion. */
export const marks = (count: number): string => '\u0301'.repeat(count / 2) + '\u0323'.repeat(count / 2);

/** `count` ids of one panel. */
export const ids = (type: string, panel: string, count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, at) => `${type}:${panel}:${from + at}`);

/** Why an answer is not what was expected; null where it is. */
export function findFault(answers: readonly Answer[], { outcome, codes, statuses }: Expected): string | null {
  for (const { status, text, codes: found } of answers) {
    if (status === null) return text;
    if (/node_modules|file:\/\/|\.ts:\d+/.test(text)) return 'the answer shows a stack';
    if (!statuses.includes(status)) return `status ${status}`;
    const unexpected = [...found].filter((code) => !codes.includes(code));
    if (unexpected.length > 0) return `code ${unexpected.join(', ')}`;
    if (outcome === 'refused' && found.size === 0) return 'not refused';
  }
  return null;
}
