/** A Russian panel: balances are floats with their noise, errors come as a code with a text. */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason, Refusal } from '../shop/judge-order.ts';
import { cancelAll, findRefilled, idsOf, mapById, refillAll, stateOf } from '../shop/look-ups.ts';
import type { Sale } from '../shop/sales.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { html, json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell } from '../shop/zoo-service.ts';

const NO_ORDER = 'Заказ не найден';

const WORDS: Readonly<Record<Reason, (refusal: Refusal) => string>> = {
  'wrong key': () => 'Неверный API ключ',
  'inactive account': () => 'Аккаунт заблокирован',
  'too fast': () => 'Слишком много запросов',
  'no service': () => 'Услуга не найдена',
  'disabled service': () => 'Услуга отключена',
  'missing field': ({ field }) => `Не указано поле ${field}`,
  'undocumented field': ({ field }) => `Лишнее поле ${field}`,
  'bad link': () => 'Некорректная ссылка',
  'busy link': () => 'По этой ссылке уже выполняется заказ',
  'too few': ({ min }) => `Минимальное количество: ${min}`,
  'too many': ({ max }) => `Максимальное количество: ${max}`,
  'no money': () => 'Недостаточно средств на балансе',
};

const ADD: AddWays = {
  resells: true,
  refuse: (refusal) => fail(WORDS[refusal.reason](refusal)),
  accept: (sale) => json({ order: Number(sale.number) }),
  faults: [
    { did: [], answer: fail('Внутренняя ошибка сервера') },
    { did: ['upstream'], answer: fail('Ошибка при сохранении заказа') },
    { did: ['upstream', 'order'], answer: fail('Заказ создан, но оплата не прошла') },
    { did: ['upstream', 'order', 'money'], answer: fail('Превышено время ожидания ответа') },
    { did: ['upstream', 'order', 'money'], answer: fail('Что-то пошло не так') },
    { did: ['upstream', 'order', 'money'], answer: html('<h1>Bad Gateway</h1>', 502) },
  ],
};

export const RUSSIAN: PanelKind = {
  id: 'russian',
  currency: 'RUB',
  startMicros: 264_100_300,
  quantity: 'ignored',
  subscriptionsBilled: 'a post',
  refusesBusyLinks: true,
  services: [
    sell('77', 'Default', { rateMicros: 33_333_000, min: 10, max: 30_000 }),
    sell('78', 'Default', { rateMicros: 70_100_000, min: 10, truth: { min: 200, max: 2_000 } }),
    sell('79', 'Mentions', { rateMicros: 120_000_000, min: 10 }),
    sell('80', 'Subscriptions', { rateMicros: 45_000_000, min: 10 }),
    sell('81', 'Custom Comments Package', { rateMicros: 250_000_000 }),
    sell('82', 'Default', { isDisabled: true }),
  ],
  answer: (form, shop) => {
    switch (form['action']) {
      case 'services':
        return json(shop.kind.services.map((each) => listEntry(each, each.rateMicros / 1e6)));
      case 'balance':
        return json({ balance: noisy(shop.balanceMicros), currency: 'RUB' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'status':
        return tellStates(form, shop);
      case 'refill':
        return json(refillAll(form, shop, NO_ORDER));
      case 'refill_status':
        return findRefilled(form, shop) ? json({ status: 'Pending' }) : fail('Заявка не найдена');
      case 'cancel':
        return json(cancelAll(form, shop, NO_ORDER));
      default:
        return fail('Неизвестное действие');
    }
  },
};

/** As a sum of floats comes out: `64100.299999999996`. */
function noisy(micros: number): number {
  return Math.floor(micros / 1e6) + 0.1 + 0.2 + ((micros % 1e6) - 300_000) / 1e6;
}

function fail(message: string): WireAnswer {
  return json({ error: { code: 400, message } });
}

function tellStates(form: SentForm, shop: Shop): WireAnswer {
  const tell = (sale: Sale | undefined): object =>
    sale ? stateOf(sale, { charge: sale.chargeMicros / 1e6, currency: 'RUB' }) : { error: NO_ORDER };
  if (form['orders'] !== undefined) return json(mapById(idsOf(form['orders']), shop, tell));
  return json(tell(shop.sales.find(form['order'] ?? '')));
}
