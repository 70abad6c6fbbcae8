/** The gateway's log: JSON lines on standard error. Standard output is left to people and pipes. */
import { stripVTControlCharacters } from 'node:util';
import { type DestinationStream, destination, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger } from 'pino';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

export interface LogOptions {
  readonly level: LogLevel;
  /** Lines for people instead of JSON. Default false. */
  readonly pretty?: boolean;
  /** Takes each line. Default: standard error. */
  readonly write?: (line: string) => void;
}

/**
 * Creates the log. It replaces the values of fields named key, token, authorization or password, at the top of a line
 * and up to two levels below. This is a second safeguard behind the transport's redaction, not a reason to log a secret.
 */
export function createLog({ level, pretty = false, write }: LogOptions): Logger {
  // Synchronous, since the last lines before an exit are the ones that people look for.
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

/** A log that cannot be written (full disk, closed pipe) must not end a process that has orders under way. */
function createErrorOutput(): DestinationStream {
  const output = destination({ fd: 2, sync: true });
  output.on('error', () => undefined);
  return output;
}

const SECRET_NAMES = ['key', 'token', 'authorization', 'password'];
const REDACTED_PATHS = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Writes a line as `12:00:01 WARN  message  panel=acme ms=12`, and the stack of an error below it. */
function formatForPeople(line: string): string {
  const { time, level, msg, err, ...rest } = JSON.parse(line) as Record<string, unknown>;
  const fields = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const head = [String(time).slice(11, 19), String(level).toUpperCase().padEnd(5), msg ?? '', ...fields].join(' ');
  const stack = (err as { stack?: unknown } | undefined)?.stack;
  // The line may hold a panel's words, which must not control the terminal.
  return stripVTControlCharacters(`${head}\n${typeof stack === 'string' ? `${stack}\n` : ''}`);
}
