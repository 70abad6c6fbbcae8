/** Checks an order and estimates its charge before anything is sent. */
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { CallerError, ProviderError } from '../../domain/errors.ts';
import { getNodeRef } from '../../domain/ids.ts';
import { compareDecimals, convertMoney, type ExchangeRates, type Money, UNKNOWN_CURRENCY } from '../../domain/money.ts';
import type { OrderDetails } from '../../domain/order-forms.ts';
import type { Service } from '../../domain/service.ts';
import type { Panels } from '../../panels/panels.ts';
import type { CallAllowance } from '../../providers/pacing/call-allowance.ts';
import { findDetailsIssues } from './details-issues.ts';
import { estimateOrder } from './estimate-charge.ts';

/** An order as its caller gives it. */
export interface OrderInput {
  readonly serviceId: string;
  readonly details: OrderDetails;
  readonly maxCharge: Money | null;
}

export interface CheckedOrder {
  readonly service: Service;
  /** The total number of units; null where it cannot be known beforehand. */
  readonly quantity: number | null;
  /** Null where the charge cannot be known beforehand. */
  readonly estimatedCharge: Money | null;
}

export interface CheckOrderDependencies {
  readonly catalogue: Catalogue;
  readonly exchange: ExchangeRates;
  readonly panels: Panels;
}

export interface CheckOrderOptions extends CheckOrderDependencies {
  /** The calls that the request may still cause. */
  readonly calls: CallAllowance;
}

/**
 * Checks the order against the type and the limits of its service, and its charge against `maxCharge`, by a price that
 * is not older than the catalogue's time to live. Sends nothing that costs money.
 * @throws CallerError INVALID_INPUT with every problem, PRICE_CHANGED
 * @throws ProviderError where the panel's list cannot be read, or with `maxCharge` the currency of its prices. The
 *   outcome is never `unknown`, since nothing was bought
 */
export async function checkOrder(input: OrderInput, options: CheckOrderOptions): Promise<CheckedOrder> {
  const { panel: name, number } = getNodeRef('Service', input.serviceId, ['serviceId']);
  const { panels, catalogue, exchange, calls } = options;
  const panel = panels.find(name);
  if (!panel) throw invalid(['serviceId'], `No panel \`${name}\` is configured.`);
  const [service, currency] = await Promise.all([
    orNotSent(name, 'list of services', catalogue.pricedService(name, number, calls)),
    orNotSent(name, 'currency', panel.orderCurrency(input.maxCharge ? 'limit' : 'estimate', calls)),
  ]);
  if (!service) throw invalid(['serviceId'], `The panel \`${name}\` sells no service ${number}.`);
  const issues = findDetailsIssues(service, input.details, panel.provider);
  if (issues.length > 0) throw new CallerError('INVALID_INPUT', 'The order does not fit its service.', issues);
  const estimate = estimateOrder(service, input.details);
  if (estimate.charge === null) {
    if (input.maxCharge) throw priceChanged(`Its charge cannot be known beforehand: ${estimate.reason}.`);
    return { service, quantity: null, estimatedCharge: null };
  }
  const estimatedCharge = { amount: estimate.charge, currency: currency ?? UNKNOWN_CURRENCY };
  if (input.maxCharge) assertWithin(input.maxCharge, estimatedCharge, exchange);
  return { service, quantity: estimate.quantity, estimatedCharge };
}

/** Turns the failure of a read before the order into one with the outcome `not-sent`: no order was sent. */
async function orNotSent<T>(panel: string, what: 'list of services' | 'currency', told: Promise<T>): Promise<T> {
  try {
    return await told;
  } catch (error) {
    if (!(error instanceof ProviderError) || error.outcome !== 'unknown') throw error;
    throw new ProviderError({
      panel,
      action: error.action,
      outcome: 'not-sent',
      code: 'PANEL_UNREACHABLE',
      message: `The panel's ${what} cannot be read, so the price of the order is not known: ${error.message}`,
      retryAfterMs: error.retryAfterMs,
      cause: error,
    });
  }
}

/** @throws CallerError PRICE_CHANGED where the charge is above `maxCharge`, or cannot be compared with it */
function assertWithin(maxCharge: Money, { amount, currency }: Money, exchange: ExchangeRates): void {
  if (currency === UNKNOWN_CURRENCY) {
    throw priceChanged('The panel does not tell the currency of its prices; it can be configured as `currency`.');
  }
  const converted = convertMoney({ amount, currency }, maxCharge.currency, exchange);
  if (converted === null) {
    throw priceChanged(`No exchange rate between ${currency} and ${maxCharge.currency} is configured.`);
  }
  if (compareDecimals(converted.amount, maxCharge.amount) <= 0) return;
  throw priceChanged(`The order would cost ${amount} ${currency}, which is above maxCharge.`);
}

function priceChanged(message: string): CallerError {
  return new CallerError('PRICE_CHANGED', message, [{ path: ['maxCharge'], message }]);
}

function invalid(path: readonly string[], message: string): CallerError {
  return new CallerError('INVALID_INPUT', message, [{ path, message }]);
}
