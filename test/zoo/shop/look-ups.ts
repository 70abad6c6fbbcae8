/** What panels have in common where they are asked about orders that they have. */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Sale } from './sales.ts';
import type { Shop } from './shop.ts';

/** The ids of a list such as `orders=7,8`. */
export function idsOf(list: string | undefined): string[] {
  return (list ?? '').split(',').filter((id) => id !== '');
}

export function stateOf(sale: Sale, { charge, currency }: { charge: string | number; currency: string }): object {
  const status = sale.isCanceled ? 'Canceled' : 'In progress';
  return { charge, start_count: '3572', status, remains: String(sale.quantity), currency };
}

/** By id: what `tell` says of a sale, `missing` for one that is not there. */
export function mapById(ids: readonly string[], shop: Shop, tell: (sale: Sale | undefined) => unknown): object {
  return Object.fromEntries(ids.map((id) => [id, tell(shop.sales.find(id))]));
}

/** Ends the order and pays its charge back, once. */
export function cancelSale(sale: Sale, shop: Shop): void {
  if (sale.isCanceled) return;
  sale.isCanceled = true;
  shop.balanceMicros += sale.chargeMicros;
}

/** The number of a new refill. */
export function refillSale(sale: Sale): string {
  const number = `${sale.number}${sale.refills.length + 1}`;
  sale.refills.push(number);
  return number;
}

/** The sale that a refill belongs to. */
export function findRefilled(form: SentForm, shop: Shop): Sale | undefined {
  return shop.sales.all.find((sale) => sale.refills.includes(form['refill'] ?? ''));
}

/** For each order of the form, whether it is canceled: 1, also where it was before; `missing` where there is none. */
export function cancelAll(form: SentForm, shop: Shop, missing: string): object[] {
  return idsOf(form['orders']).map((order) => ({ order: Number(order), cancel: cancelOrder(order, shop, missing) }));
}

/** For each order of the form, the number of a new refill; `missing` where there is no such order. */
export function refillAll(form: SentForm, shop: Shop, missing: string): object[] {
  return idsOf(form['orders'] ?? form['order']).map((order) => ({ order, refill: refillOrder(order, shop, missing) }));
}

/** 1, also for an order that is canceled already; `missing` where there is none. */
export function cancelOrder(number: string, shop: Shop, missing: string): 1 | { readonly error: string } {
  const sale = shop.sales.find(number);
  if (!sale) return { error: missing };
  cancelSale(sale, shop);
  return 1;
}

/** The number of a new refill; `missing` where there is no such order. */
function refillOrder(number: string, shop: Shop, missing: string): string | { readonly error: string } {
  const sale = shop.sales.find(number);
  return sale ? refillSale(sale) : { error: missing };
}
