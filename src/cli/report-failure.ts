import { GatewayError } from '../domain/errors.ts';
import { CommandError } from './command-error.ts';

/**
 * Says on stderr why a command has failed: what is raised on purpose by its message (of a ConfigError one problem a
 * line), anything else by its stack.
 */
export function reportFailure(error: unknown): void {
  console.error(error instanceof GatewayError || error instanceof CommandError ? error.message : stackOf(error));
}

/** Stacks only: an inspected error may show what hangs on it, such as a request with its key. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return `Unexpected failure: ${String(error)}`;
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own;
}
