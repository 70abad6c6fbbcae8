/** From the panel's words to those of the schema. */
import type { PanelService, PanelStatus } from './panel-client.ts';

export function toOrder(id: string, status: PanelStatus) {
  return {
    id,
    status: status.status.toUpperCase().replace(' ', '_'),
    charge: { amount: status.charge, currency: status.currency },
    remains: Number(status.remains),
  };
}

export function toService({ service, name, category, rate, min, max, type }: PanelService) {
  return {
    id: `Service:${service}`,
    number: String(service),
    name,
    category,
    rate: { amount: rate, currency: 'USD' },
    min: Number(min),
    max: Number(max),
    type: type.toUpperCase(),
  };
}
