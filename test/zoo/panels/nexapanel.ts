/** NexaPanel (Express, Spanish): every action takes one number and no list, and an unknown one is an error. */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason, Refusal } from '../shop/judge-order.ts';
import { cancelSale, findRefilled, refillSale, stateOf } from '../shop/look-ups.ts';
import { showMicros } from '../shop/money.ts';
import type { PanelKind } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { html, json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell } from '../shop/zoo-service.ts';

const WORDS: Readonly<Record<Reason, (refusal: Refusal) => string>> = {
  'wrong key': () => 'Clave de API no válida',
  'inactive account': () => 'Cuenta no activa',
  'too fast': () => 'Demasiadas solicitudes',
  'no service': () => 'Servicio no encontrado',
  'disabled service': () => 'El servicio no está disponible',
  'missing field': ({ field }) => `Falta el parámetro ${field}`,
  'undocumented field': ({ field }) => `El parámetro ${field} no corresponde`,
  'bad link': () => 'El enlace no es válido',
  'busy link': () => 'Ya tienes un pedido activo con este enlace',
  'too few': limits,
  'too many': limits,
  'no money': () => 'Saldo insuficiente',
};

const ADD: AddWays = {
  resells: true,
  refuse: (refusal) => json({ error: WORDS[refusal.reason](refusal) }, 400),
  accept: (sale) => json({ order: Number(sale.number) }),
  faults: [
    { did: [], answer: json({ error: 'connect ECONNREFUSED 10.0.0.7:443' }, 400) },
    { did: ['upstream'], answer: json({ error: 'read ECONNRESET' }, 400) },
    { did: ['upstream'], answer: json({ error: "Cannot read properties of undefined (reading 'order')" }, 400) },
    { did: ['upstream'], answer: json({ order: 'N/A' }) },
    { did: ['upstream', 'order'], answer: json({ error: 'No se pudo descontar el saldo del pedido' }) },
    { did: ['upstream', 'money'], answer: json({ error: 'Ocurrió un error al guardar' }, 400) },
    { did: ['upstream', 'order', 'money'], answer: html('<pre>RangeError: Invalid time value</pre>', 500) },
    { did: ['upstream', 'order', 'money'], answer: json({}) },
  ],
};

export const NEXAPANEL: PanelKind = {
  id: 'nexapanel',
  currency: 'USD',
  startMicros: 7_500_000,
  quantity: 'demanded',
  subscriptionsBilled: 'a post',
  refusesBusyLinks: true,
  services: [
    sell('7', 'Default', { min: 100, truth: { min: 500, max: 5_000 } }),
    sell('8', 'Default', { min: 10, rateMicros: 2_750_000 }),
    sell('9', 'Package', { rateMicros: 3_990_000 }),
    sell('10', 'Comment Likes', { min: 5 }),
    sell('12', 'Subscriptions', { min: 10 }),
    sell('13', 'Default', { isDisabled: true }),
    sell('14', 'Default', { rateMicros: 0, min: 10, max: 100 }),
  ],
  answer: (form, shop) => {
    const sale = shop.sales.find(form['order'] ?? '');
    switch (form['action']) {
      case 'services':
        return json(shop.kind.services.map((each) => listEntry(each, Number(showMicros(each.rateMicros, 3)))));
      case 'balance':
        return json({ balance: shop.balanceMicros / 1e6, currency: 'USD' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'refill_status':
        return findRefilled(form, shop) ? json({ status: 'Pending' }) : fail(form, 'refill', 'Recarga no encontrada');
      case 'status':
        return sale ? json(stateOf(sale, { charge: sale.chargeMicros / 1e6, currency: 'USD' })) : noOrder(form);
      case 'refill':
        return sale ? json({ refill: refillSale(sale) }) : noOrder(form);
      case 'cancel':
        if (sale) cancelSale(sale, shop);
        return sale ? json({ cancel: 1 }) : noOrder(form);
      default:
        return json({ error: 'Acción no válida' }, 400);
    }
  },
};

function limits({ min, max }: Refusal): string {
  return `La cantidad debe estar entre ${min} y ${max}`;
}

function noOrder(form: SentForm): WireAnswer {
  return fail(form, 'order', 'Orden no encontrada');
}

function fail(form: SentForm, field: string, words: string): WireAnswer {
  return form[field] === undefined ? json({ error: `Falta el parámetro ${field}` }, 400) : json({ error: words }, 404);
}
