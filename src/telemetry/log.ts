/** The gateway's log: JSON lines on standard error, so that standard output stays for people and pipes. */
import { stripVTControlCharacters } from 'node:util';
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** Lines for people instead of JSON. Default false. */
  readonly pretty?: boolean;
  /** Where lines go; default standard error. */
  readonly write?: (line: string) => void;
}

/**
 * Creates the log. What is called key, token, authorization or password is replaced, at the top of a line and up to
 * two levels below: a net under the redaction of the transport, not a reason to log a secret.
 */
export function createLog({ level, pretty = false, write }: LogOptions): Logger {
  // Synchronous: the last lines before an exit are those that are looked for.
  const lines: DestinationStream = write ? { write } : createErrorOutput();
  const stream = pretty ? { write: (line: string) => lines.write(formatForPeople(line)) } : lines;
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED_PATHS, censor: '[secret]' },
    },
    stream,
  );
}

/** A log that cannot be written (a full disk, a pipe that has closed) must not end a process that holds orders. */
function createErrorOutput(): DestinationStream {
  const output = destination({ fd: 2, sync: true });
  output.on('error', () => undefined);
  return output;
}

const SECRET_NAMES = ['key', 'token', 'authorization', 'password'];
const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** `12:00:01 WARN  message  panel=acme ms=12`, and below it the stack of an error. */
function formatForPeople(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const head = [String(time).slice(11, 19), String(level).toUpperCase().padEnd(5), msg ?? '', ...fields].join(' ');
  const stack = (err as { stack?: unknown } | undefined)?.stack;
  // A panel's words may be in here; they must not steer the terminal.
  return stripVTControlCharacters(`${head}\n${typeof stack === 'string' ? `${stack}\n` : ''}`);
}
