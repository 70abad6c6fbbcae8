/** What an order would be, before anything is sent: its service, its quantity, its estimated charge. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import { CallerError, ProviderError } from '../domain/errors.ts';
import { getNodeRef } from '../domain/ids.ts';
import { compareDecimals, convertMoney, type ExchangeRates, type Money, UNKNOWN_CURRENCY } from '../domain/money.ts';
import type { OrderDetails } from '../domain/order-forms.ts';
import type { Service } from '../domain/service.ts';
import type { PanelLookups } from '../providers/panel-lookups.ts';
import type { Registry } from '../providers/registry.ts';
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
  /** Units in all; null where it cannot be known beforehand. */
  readonly quantity: number | null;
  /** Null where it cannot be known beforehand. */
  readonly estimatedCharge: Money | null;
}

export interface CheckOrderDependencies {
  readonly catalogue: Catalogue;
  readonly exchange: ExchangeRates;
  readonly registry: Pick<Registry, 'find'>;
  readonly lookups: (panel: string) => PanelLookups | undefined;
}

/**
 * Checks the order against its service's type and limits and against `maxCharge`, at a price no older than the
 * catalogue's time to live. Sends nothing that costs money.
 * @throws CallerError INVALID_INPUT with every problem, PRICE_CHANGED
 * @throws ProviderError where the panel's list cannot be read; its outcome is never `unknown`: nothing was bought
 */
export async function checkOrder(input: OrderInput, dependencies: CheckOrderDependencies): Promise<CheckedOrder> {
  const { panel, number } = getNodeRef('Service', input.serviceId, ['serviceId']);
  const lookups = dependencies.lookups(panel);
  if (!lookups) throw invalid(['serviceId'], `No panel \`${panel}\` is configured.`);
  const [service, currency] = await Promise.all([
    getService(dependencies.catalogue, panel, number),
    lookups.currency(),
  ]);
  if (!service) throw invalid(['serviceId'], `The panel \`${panel}\` sells no service ${number}.`);
  const issues = findDetailsIssues(service, input.details, dependencies.registry.find(panel));
  if (issues.length > 0) throw new CallerError('INVALID_INPUT', 'The order does not fit its service.', issues);
  const { quantity, charge } = estimateOrder(service, input.details);
  const estimatedCharge = charge === null ? null : { amount: charge, currency: currency ?? UNKNOWN_CURRENCY };
  const problem = input.maxCharge && priceProblem(estimatedCharge, input.maxCharge, dependencies.exchange);
  if (problem) throw new CallerError('PRICE_CHANGED', problem, [{ path: ['maxCharge'], message: problem }]);
  return { service, quantity, estimatedCharge };
}

/** The service at a price that is in force; a list that cannot be read means that nothing was sent. */
async function getService(catalogue: Catalogue, panel: string, number: string): Promise<Service | null> {
  try {
    return await catalogue.pricedService(panel, number);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.outcome !== 'unknown') throw error;
    throw new ProviderError({
      panel,
      action: 'services',
      outcome: 'not-sent',
      code: 'PANEL_UNREACHABLE',
      message: `The panel's list of services cannot be read, so that the order has no price: ${error.message}`,
      retryAfterMs: error.retryAfterMs,
      cause: error,
    });
  }
}

/** Why the charge is not within `maxCharge`; null where it is. */
function priceProblem(estimate: Money | null, maxCharge: Money, exchange: ExchangeRates): string | null {
  if (estimate === null) return 'The charge of this order cannot be known beforehand.';
  const converted = convertMoney(estimate, maxCharge.currency, exchange);
  if (converted === null) {
    return `No exchange rate between ${estimate.currency} and ${maxCharge.currency} is configured.`;
  }
  if (compareDecimals(converted.amount, maxCharge.amount) <= 0) return null;
  return `The order would cost ${estimate.amount} ${estimate.currency}, which is above maxCharge.`;
}

function invalid(path: readonly string[], message: string): CallerError {
  return new CallerError('INVALID_INPUT', message, [{ path, message }]);
}
