/**
 * SMM Turk (plain PHP, resells): HTTP 400 to 429 with JSON, commas between thousands, and a seller behind it. What
 * fails after that seller has taken the order is told in words, and not paid for. `cancel: 1` promises nothing.
 */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason } from '../shop/judge-order.ts';
import { cancelSale, findRefilled, idsOf, mapById, refillSale, stateOf } from '../shop/look-ups.ts';
import { showWithThousands } from '../shop/money.ts';
import type { Sale } from '../shop/sales.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { html, json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell } from '../shop/zoo-service.ts';

const WORDS: Readonly<Record<Reason, readonly [status: number, text: string]>> = {
  'wrong key': [403, 'Geçersiz API anahtarı'],
  'inactive account': [403, 'Hesabınız aktif değil'],
  'too fast': [429, 'Çok fazla istek gönderdiniz'],
  'no service': [404, 'Servis bulunamadı'],
  'disabled service': [400, 'Bu servis şu anda kapalı'],
  'missing field': [400, 'Eksik parametre'],
  'undocumented field': [400, 'Geçersiz parametre'],
  'bad link': [400, 'Geçersiz bağlantı'],
  'busy link': [400, 'Bu bağlantı için devam eden bir siparişiniz var'],
  'too few': [400, 'Minimum sipariş miktarının altında'],
  'too many': [400, 'Maksimum sipariş miktarını aştınız'],
  'no money': [402, 'Yetersiz bakiye'],
};

const ADD: AddWays = {
  resells: true,
  refuse: ({ reason }) => fail(...WORDS[reason]),
  accept: (sale) => json({ order: Number(sale.number) }),
  faults: [
    { did: [], answer: fail(400, 'Sağlayıcıya bağlanılamadı') },
    { did: [], answer: fail(400, 'Sağlayıcı bu siparişi kabul etmedi') },
    {
      did: ['upstream'],
      answer: fail(
        400,
        'Order placed at provider but local save failed. Contact support with your link and service ID.',
      ),
    },
    {
      did: ['upstream'],
      answer: fail(400, 'İsteğiniz işlenirken bir hata oluştu. Lütfen daha sonra tekrar deneyiniz'),
    },
    { did: ['upstream', 'order'], answer: fail(400, 'Bakiye güncellenemedi') },
    { did: ['upstream', 'order', 'money'], answer: fail(404, 'Sipariş kaydı okunamadı') },
    { did: ['upstream', 'order', 'money'], answer: html('', 500) },
  ],
};

export const SMM_TURK: PanelKind = {
  id: 'smmturk',
  currency: 'TRY',
  startMicros: 1_500_500_000,
  quantity: 'ignored',
  subscriptionsBilled: 'at once',
  refusesBusyLinks: true,
  services: [
    sell('101', 'Default', { rateMicros: 41_500_000, min: 100, max: 50_000 }),
    sell('102', 'Default', { rateMicros: 7_250_000, min: 10, truth: { min: 250, max: 5_000 } }),
    sell('103', 'Custom Comments', { rateMicros: 300_000_000, max: 500 }),
    sell('104', 'Poll', { rateMicros: 5_000_000, min: 20 }),
    sell('105', 'Package', { rateMicros: 1_499_000_000 }),
    sell('106', 'Mentions User Followers', { min: 100, isDisabled: true }),
  ],
  answer: (form, shop) => {
    switch (form['action']) {
      case 'services':
        return json(shop.kind.services.map((each) => listEntry(each, showWithThousands(each.rateMicros, 5))));
      case 'balance':
        return json({ balance: showWithThousands(shop.balanceMicros, 5), currency: 'TRY' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'status':
        return tellStates(form, shop);
      case 'refill':
        return refill(form, shop);
      case 'refill_status':
        return findRefilled(form, shop) ? json({ status: 'Pending' }) : fail(404, 'Telafi bulunamadı');
      case 'cancel':
        return json(idsOf(form['orders']).map((order) => ({ order: Number(order), cancel: cancel(order, shop) })));
      default:
        return fail(400, 'Geçersiz işlem');
    }
  },
};

function tellStates(form: SentForm, shop: Shop): WireAnswer {
  const tell = (sale: Sale | undefined): object =>
    sale
      ? stateOf(sale, { charge: showWithThousands(sale.chargeMicros, 5), currency: 'TRY' })
      : { error: 'Sipariş bulunamadı' };
  if (form['orders'] !== undefined) return json(mapById(idsOf(form['orders']), shop, tell));
  const sale = shop.sales.find(form['order'] ?? '');
  return json(tell(sale), sale ? 200 : 404);
}

function refill(form: SentForm, shop: Shop): WireAnswer {
  if (form['orders'] !== undefined) return fail(400, 'Eksik parametre: order');
  const sale = shop.sales.find(form['order'] ?? '');
  return sale ? json({ refill: refillSale(sale) }) : fail(404, 'Sipariş bulunamadı');
}

function cancel(number: string, shop: Shop): unknown {
  const sale = shop.sales.find(number);
  if (!sale) return { error: 'Sipariş bulunamadı' };
  if (shop.chanceOf(`cancel ${number}`).chance(0.5)) cancelSale(sale, shop);
  return 1;
}

function fail(status: number, error: string): WireAnswer {
  return json({ error }, status);
}
