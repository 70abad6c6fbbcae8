import { GatewayError } from '../domain/errors.ts';
import { CommandError } from './command-error.ts';

/**
 * Prints on stderr why a command has failed: the message of an error that was raised on purpose (a ConfigError has a
 * line for each problem), the stack of any other.
 */
export function reportFailure(error: unknown): void {
  console.error(error instanceof GatewayError || error instanceof CommandError ? error.message : stackOf(error));
}

/** Prints stacks only: inspecting an error would also show its properties, such as a request with its key. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return `Unexpected failure: ${String(error)}`;
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${stackOf(error.cause)}` : own;
}
