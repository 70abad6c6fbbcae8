/** What panels say when they refuse, word for word. Adding a panel's text is adding it here and in docs/panel-protocol.md. */
import type { ProviderCode } from '../../../domain/errors.ts';

/** Texts seen word for word, in lower case and without a full stop at the end. */
export const EXACT_PHRASES: ReadonlyMap<string, ProviderCode> = new Map(
  Object.entries({
    INVALID_KEY: ['invalid api key', 'incorrect api key', 'account is blocked', 'unauthenticated'],
    INVALID_SERVICE: [
      'incorrect service id',
      'error.incorrect_service_id',
      'disabled service id',
      'neworder.error.service_not_found',
    ],
    INVALID_LINK: ['incorrect link', 'bad link', 'neworder.error.link', 'neworder.error.invalid_link'],
    LINK_BUSY: [
      'you have active order with this link. please wait until order being completed',
      'neworder.error.link_duplicate',
      'active order with this link exists',
    ],
    INVALID_QUANTITY: ['incorrect quantity', 'neworder.error.min_quantity', 'neworder.error.max_quantity'],
    INSUFFICIENT_FUNDS: ['not enough funds on balance', 'neworder.error.not_enough_funds', 'insufficient balance'],
    ORDER_NOT_FOUND: ['incorrect order id', 'incorrect order ids'],
    REFILL_NOT_FOUND: ['refill not found'],
    REFILL_NOT_ALLOWED: ['this service has no refill'],
    RATE_LIMITED: ['rate limit exceeded', 'too many requests', 'too many attempts'],
  } satisfies Partial<Record<ProviderCode, string[]>>).flatMap(([code, texts]) =>
    texts.map((text) => [text, code as ProviderCode] as const),
  ),
);
