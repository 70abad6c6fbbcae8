/** A Vietnamese Laravel panel: validation under `errors`, and dong without decimals, whatever an order costs. */
import type { SentForm } from '../../support/scripted-panel.ts';
import type { Reason, Refusal } from '../shop/judge-order.ts';
import { cancelAll, findRefilled, idsOf, mapById, refillSale, stateOf } from '../shop/look-ups.ts';
import { showMicros } from '../shop/money.ts';
import type { Sale } from '../shop/sales.ts';
import type { PanelKind, Shop } from '../shop/shop.ts';
import { type AddWays, takeOrder } from '../shop/take-order.ts';
import { html, json, type WireAnswer } from '../shop/wire-answer.ts';
import { listEntry, sell } from '../shop/zoo-service.ts';

const NO_ORDER = 'Không tìm thấy đơn hàng';

const WORDS: Readonly<Record<Reason, (refusal: Refusal) => WireAnswer>> = {
  'wrong key': () => fail('API key không đúng', 401),
  'inactive account': () => fail('Tài khoản của bạn đã bị khóa', 403),
  'too fast': () => fail('Too Many Attempts.', 429),
  'no service': () => invalid('service', 'Dịch vụ không tồn tại'),
  'disabled service': () => fail('Dịch vụ đang bảo trì, vui lòng chọn máy chủ khác'),
  'missing field': ({ field }) => invalid(field, `Trường ${field} không được bỏ trống.`),
  'undocumented field': ({ field }) => invalid(field, `Trường ${field} không hợp lệ.`),
  'bad link': () => invalid('link', 'Liên kết không hợp lệ'),
  'busy link': () => fail('Liên kết này đang có đơn hàng chưa hoàn thành'),
  'too few': ({ min }) => invalid('quantity', `Số lượng tối thiểu là ${min}`),
  'too many': ({ max }) => invalid('quantity', `Số lượng tối đa là ${max}`),
  'no money': () => fail('Số dư không đủ, vui lòng nạp thêm tiền'),
};

const ADD: AddWays = {
  resells: false,
  refuse: (refusal) => WORDS[refusal.reason](refusal),
  accept: (sale) => json({ status: 'success', message: 'Tạo đơn thành công', data: { order: Number(sale.number) } }),
  faults: [
    { did: [], answer: fail('SQLSTATE[40001]: Serialization failure: 1213 Deadlock found when trying to get lock') },
    { did: [], answer: json({ status: 'success', data: { order: '-' } }) },
    { did: ['order', 'money'], answer: fail('Đã xảy ra lỗi, vui lòng thử lại sau') },
    { did: ['order', 'money'], answer: fail('Đơn hàng đã tạo nhưng chưa gửi được sang máy chủ') },
    { did: ['order', 'money'], answer: json({ message: 'Server Error' }, 500) },
    { did: ['order', 'money'], answer: fail('cURL error 28: Operation timed out after 30001 milliseconds') },
    { did: ['order', 'money'], answer: html('<title>419 Page Expired</title>', 419) },
  ],
};

export const LARAVEL_VIET: PanelKind = {
  id: 'laravelviet',
  currency: 'VND',
  startMicros: 148_213_000_000,
  quantity: 'ignored',
  subscriptionsBilled: 'at once',
  refusesBusyLinks: true,
  services: [
    sell('501', 'Default', { rateMicros: 21_500_000_000, min: 50 }),
    // An order of these costs less than the smallest amount that the balance shows.
    sell('502', 'Default', { rateMicros: 4_000_000, min: 10, max: 200 }),
    sell('503', 'Default', { rateMicros: 9_000_000_000, min: 10, truth: { min: 100, max: 500 } }),
    sell('504', 'SEO', { rateMicros: 30_000_000_000, min: 100 }),
    sell('505', 'Package', { rateMicros: 99_000_000_000 }),
    sell('506', 'Default', { isDisabled: true }),
  ],
  answer: (form, shop) => {
    switch (form['action']) {
      case 'services':
        return json({ status: 'success', data: shop.kind.services.map((each) => listEntry(each, rateOf(each))) });
      case 'balance':
        return json({ balance: showMicros(shop.balanceMicros, 0), currency: 'VND' });
      case 'add':
        return takeOrder(form, shop, ADD);
      case 'status':
        return tellStates(form, shop);
      case 'refill':
        return act(form, shop, (sale) => ({ refill: refillSale(sale) }));
      case 'refill_status':
        return findRefilled(form, shop) ? json({ status: 'Pending' }) : fail('Không tìm thấy yêu cầu bảo hành');
      case 'cancel':
        return json(cancelAll(form, shop, NO_ORDER));
      default:
        return fail('Hành động không hợp lệ');
    }
  },
};

function rateOf({ rateMicros }: { readonly rateMicros: number }): number {
  return rateMicros / 1e6;
}

function fail(message: string, status = 200): WireAnswer {
  return json({ status: 'error', message }, status);
}

function invalid(field: string, text: string): WireAnswer {
  return json({ message: 'The given data was invalid.', errors: { [field]: [text] } }, 422);
}

function tellStates(form: SentForm, shop: Shop): WireAnswer {
  const tell = (sale: Sale | undefined): object =>
    sale ? stateOf(sale, { charge: showMicros(sale.chargeMicros, 0), currency: 'VND' }) : { error: NO_ORDER };
  const ids = form['orders'] ?? form['order'];
  return json(form['orders'] === undefined ? tell(shop.sales.find(ids ?? '')) : mapById(idsOf(ids), shop, tell));
}

/** Wants `order`; a list is not even looked at. */
function act(form: SentForm, shop: Shop, change: (sale: Sale) => object): WireAnswer {
  const number = form['order'];
  if (number === undefined) return invalid('order', 'Trường order không được bỏ trống.');
  const sale = shop.sales.find(number);
  return sale ? json(change(sale)) : fail(NO_ORDER);
}
