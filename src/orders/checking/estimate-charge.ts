/** Estimates the charge of an order by the panel's list: rate x quantity / 1000, or the rate itself for a package. */
import { multiplyDecimals, plainDecimal, priceOf } from '../../domain/money.ts';
import { ORDER_FORMS, type OrderDetails } from '../../domain/order-forms.ts';
import type { Service } from '../../domain/service.ts';
import { estimateOther } from './estimate-other.ts';
import { type OrderEstimate, unknownEstimate } from './order-estimate.ts';

/** Takes details in which `findDetailsIssues` has found no problem. */
export function estimateOrder(service: Service, details: OrderDetails): OrderEstimate {
  const source = ORDER_FORMS[service.type].quantity;
  switch (source.by) {
    case 'package':
      return { quantity: 1, charge: plainDecimal(service.rate) };
    case 'field': {
      const runs = numberOf(details, 'runs') ?? 1;
      const quantity = numberOf(details, source.field) ?? 0;
      return { quantity: quantity * runs, charge: multiplyDecimals(priceOf(service.rate, quantity), runs) };
    }
    case 'lines': {
      const lines = details.form === 'other' ? undefined : details.values[source.field];
      const quantity = Array.isArray(lines) ? lines.length : 0;
      return { quantity, charge: priceOf(service.rate, quantity) };
    }
    case 'subscription':
      return estimateSubscription(service, details);
    case 'parameter':
      return estimateOther(service, details.form === 'other' ? details.parameters : []);
  }
}

/** Panels charge for each post. Without `posts`, or with 0 at some panels, a subscription has no end. */
function estimateSubscription(service: Service, details: OrderDetails): OrderEstimate {
  const max = numberOf(details, 'max') ?? 0;
  const posts = numberOf(details, 'posts') ?? 0;
  if (posts === 0) return unknownEstimate('without a number of posts it has no end');
  const quantity = max * (posts + (numberOf(details, 'oldPosts') ?? 0));
  if (!Number.isSafeInteger(quantity)) return unknownEstimate('its total quantity cannot be told');
  return { quantity, charge: priceOf(service.rate, quantity) };
}

function numberOf(details: OrderDetails, field: string): number | null {
  const value = details.form === 'other' ? undefined : details.values[field];
  return typeof value === 'number' ? value : null;
}
