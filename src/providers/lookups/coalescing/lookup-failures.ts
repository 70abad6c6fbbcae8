/** How look-ups fail that the panel has not refused: in the queue, or behind a call that takes too long. */
import { ProviderError } from '../../../domain/errors.ts';

const FAILURES = {
  RATE_LIMITED: { outcome: 'not-sent', message: 'The calls ahead took longer than the deadline.', retryAfterMs: 1000 },
  PANEL_TIMEOUT: { outcome: 'unknown', message: 'The panel did not answer within the deadline.' },
  PANEL_ERROR: { outcome: 'unknown', message: 'The look-up failed unexpectedly.' },
} as const;

export class LookupFailures {
  readonly #panel: string;
  readonly #action: string;

  constructor({ panel, action }: { readonly panel: string; readonly action: string }) {
    this.#panel = panel;
    this.#action = action;
  }

  of(code: keyof typeof FAILURES, cause?: unknown): ProviderError {
    return new ProviderError({ panel: this.#panel, action: this.#action, code, ...FAILURES[code], cause });
  }

  /** What a call threw; anything but a ProviderError is unforeseen. */
  describe(error: unknown): ProviderError {
    return error instanceof ProviderError ? error : this.of('PANEL_ERROR', error);
  }

  /** Where a look-up would wait `waitMs` and may wait `deadlineMs` only. */
  queueFull(waitMs: number, deadlineMs: number): ProviderError {
    return new ProviderError({
      panel: this.#panel,
      action: this.#action,
      outcome: 'not-sent',
      code: 'RATE_LIMITED',
      message: 'More look-ups wait for the panel than it allows within the deadline.',
      retryAfterMs: Math.max(1, Math.ceil(waitMs - deadlineMs / 2)),
    });
  }
}
