import type { DemoService } from '../catalogue/generate-services.ts';
import { isPackageType } from '../service-types.ts';
import { parseUnits, priceOfQuantity } from '../units.ts';

/** What an order of `quantity` costs, in units of 10^-8: exact; of a package the rate itself. */
export function priceOf(service: DemoService, quantity: number): bigint {
  const rate = parseUnits(service.rate);
  return isPackageType(service.type) ? rate : priceOfQuantity(rate, quantity);
}
