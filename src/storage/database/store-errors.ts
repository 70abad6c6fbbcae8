/**
 * Errors of SQLite and PostgreSQL in the gateway's words. An error that means that the store cannot be used now becomes
 * StoreUnavailableError; any other (a constraint, a mistake in a query) stays as it is.
 * The sentences may reach a client, so they hold no address and no credentials.
 */
import { StoreUnavailableError } from '../../domain/errors.ts';

/** Primary result codes of SQLite (https://sqlite.org/rescode.html). */
const SQLITE_SENTENCES: Readonly<Record<number, string>> = {
  5: "The ledger's file is locked by another process.",
  6: "The ledger's file is locked.",
  7: 'There is no memory left for the ledger.',
  8: "The ledger's file cannot be written to.",
  9: 'The ledger was interrupted.',
  10: "The ledger's disk cannot be read or written to.",
  11: "The ledger's file is damaged.",
  13: "The ledger's disk is full.",
  14: "The ledger's file cannot be opened.",
  26: "The ledger's file is not a SQLite database.",
};
const SQLITE_CONSTRAINT_UNIQUE = 2067;
const SQLITE_CONSTRAINT_PRIMARY_KEY = 1555;

/** SQLSTATE codes and classes (https://www.postgresql.org/docs/current/errcodes-appendix.html), the longest first. */
const POSTGRES_SENTENCES: readonly (readonly [prefix: string, sentence: string])[] = [
  ['53100', "The disk of the ledger's database is full."],
  ['53300', "The ledger's database accepts no more connections."],
  ['57014', "The ledger's database took too long to answer."],
  ['55P03', "The ledger's database took too long to answer."],
  ['25006', "The ledger's database accepts no writes now."],
  ['25P03', "The ledger's database ended a transaction that took too long."],
  ['28', "The ledger's database refuses the configured user."],
  ['3D000', "The ledger's database does not exist."],
  ['40', "The ledger's database could not put concurrent writes in order."],
  ['08', "The connection to the ledger's database was lost."],
  ['53', "The ledger's database is short of resources."],
  ['57', "The ledger's database is stopping or starting."],
  ['58', "The ledger's database reports a fault of its system."],
];
/** Serialization failure and deadlock. */
const POSTGRES_REPEATABLE = new Set(['40001', '40P01']);
const POSTGRES_UNIQUE = '23505';
/** The system's names for errors of sockets and name look-ups (ECONNREFUSED), not Node's own (ERR_INVALID_ARG_TYPE). */
const SYSTEM_CODE = /^E(?!RR_)[A-Z_]{3,}$/;
/** Messages of pg about a connection that is gone; it gives them no codes. */
const LOST_CONNECTION =
  /connection terminated|connection ended|not queryable|timeout exceeded|read timeout|client was closed|timeout expired|cannot use a pool after|socket disconnected/i;

/** The error itself, or StoreUnavailableError if it means that the store cannot be used. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailableError) return error;
  const sentence = sqliteSentence(error) ?? postgresSentence(error);
  return sentence === null ? error : new StoreUnavailableError(sentence, { cause: error });
}

/** Always StoreUnavailableError: without a connection nothing can be stored, whatever the reason. */
export function toConnectError(error: unknown): StoreUnavailableError {
  const known = toStoreError(error);
  return known instanceof StoreUnavailableError
    ? known
    : new StoreUnavailableError("The ledger's database cannot be reached.", { cause: error });
}

/** Whether a row with the same key is there already. */
export function isUniqueViolation(error: unknown): boolean {
  const code = sqliteCode(error);
  if (code !== null) return code === SQLITE_CONSTRAINT_UNIQUE || code === SQLITE_CONSTRAINT_PRIMARY_KEY;
  return textCode(error) === POSTGRES_UNIQUE;
}

/** Whether the transaction did nothing and may be run again as it is. */
export function isRepeatable(error: unknown): boolean {
  return POSTGRES_REPEATABLE.has(textCode(error) ?? '');
}

/** Whether the connection must not be used again: it is gone, or a late answer could pass for that of the next query. */
export function isLostConnection(error: unknown): boolean {
  const code = textCode(error);
  if (code !== null && isSqlState(code)) return code.startsWith('08') || code.startsWith('57P') || code === '25P03';
  return postgresSentence(error) !== null;
}

function sqliteSentence(error: unknown): string | null {
  const code = sqliteCode(error);
  // The low byte is the primary code; the other bytes only specify it.
  if (code !== null) return SQLITE_SENTENCES[code & 0xff] ?? null;
  return textCode(error) === 'ERR_INVALID_STATE' ? 'The ledger is closed.' : null;
}

function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return typeof error.errcode === 'number' ? error.errcode : null;
}

function postgresSentence(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = textCode(error);
  if (code !== null && isSqlState(code)) {
    return POSTGRES_SENTENCES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
  }
  if (code !== null && SYSTEM_CODE.test(code)) return `The ledger's database does not answer (${code}).`;
  return LOST_CONNECTION.test(error.message) ? "The ledger's database does not answer." : null;
}

function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code);
}

function textCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
