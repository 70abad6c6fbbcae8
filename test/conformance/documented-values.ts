/** What goes into the documented operations and what their answers mean, as domain values. */
import type { OrderState, PanelAmount, RefillState } from '../../src/domain/order.ts';
import type { OrderDetails } from '../../src/domain/order-forms.ts';
import type { Service, ServiceList } from '../../src/domain/service.ts';
import type { AddReading, AddRequest, Reading } from '../../src/providers/dialect.ts';

export type DocumentedPanelName = 'smm-plus' | 'smmcloud' | 'pica-nl' | 'pica-yue' | 'pica-kab';

/** One operation with what goes in and what comes out; the multi ones give one reading for each id. */
export type DocumentedOperation =
  | { readonly operation: 'services'; readonly expected: ServiceList }
  | { readonly operation: 'balance'; readonly expected: PanelAmount }
  | { readonly operation: 'add'; readonly input: AddRequest; readonly expected: AddReading }
  | { readonly operation: 'status'; readonly input: string; readonly expected: OrderState }
  | { readonly operation: 'status-many'; readonly input: readonly string[]; readonly expected: Readings<OrderState> }
  | { readonly operation: 'refill'; readonly input: string; readonly expected: string }
  | { readonly operation: 'refill-many'; readonly input: readonly string[]; readonly expected: Readings<string> }
  | { readonly operation: 'refill-status'; readonly input: string; readonly expected: RefillState }
  | {
      readonly operation: 'refill-status-many';
      readonly input: readonly string[];
      readonly expected: Readings<RefillState>;
    }
  | { readonly operation: 'cancel'; readonly input: readonly string[]; readonly expected: Readings<true> };

export type Readings<T> = Readonly<Record<string, Reading<T>>>;

/** The instant at which the answers are read. */
export const DOCUMENTED_AT = new Date('2026-11-02T10:00:00.000Z');

export const PLACED: AddReading = { kind: 'placed', number: '23501' };
const INCORRECT_ORDER = {
  kind: 'refused',
  refusal: { code: 'ORDER_NOT_FOUND', outcome: 'rejected', isRecognised: true, panelMessage: 'Incorrect order ID' },
} as const;
const NO_REFILL = {
  kind: 'refused',
  refusal: { code: 'REFILL_NOT_FOUND', outcome: 'rejected', isRecognised: true, panelMessage: 'Refill not found' },
} as const;

const PARTIAL: OrderState = {
  status: 'PARTIAL',
  statusText: 'Partial',
  charge: { amount: '0.27819', currency: 'USD' },
  startCount: 3572,
  remains: 157,
  childNumbers: [],
  checkedAt: DOCUMENTED_AT,
};
const IN_PROGRESS: OrderState = {
  ...PARTIAL,
  status: 'IN_PROGRESS',
  statusText: 'In progress',
  charge: { amount: '1.44219', currency: 'USD' },
  startCount: 234,
  remains: 10,
};
const COMPLETED: RefillState = { status: 'COMPLETED', statusText: 'Completed', checkedAt: DOCUMENTED_AT };
const REJECTED: RefillState = { status: 'REJECTED', statusText: 'Rejected', checkedAt: DOCUMENTED_AT };

const found = <T>(value: T): Reading<T> => ({ kind: 'found', value });

/** What all pages document alike. */
export const OPERATIONS: readonly Exclude<DocumentedOperation, { operation: 'services' | 'add' }>[] = [
  { operation: 'balance', expected: { amount: '100.84292', currency: 'USD' } },
  { operation: 'status', input: '23501', expected: PARTIAL },
  {
    operation: 'status-many',
    input: ['1', '10', '100'],
    expected: { 1: found(PARTIAL), 10: INCORRECT_ORDER, 100: found(IN_PROGRESS) },
  },
  { operation: 'refill', input: '23501', expected: '1' },
  {
    operation: 'refill-many',
    input: ['1', '2', '3'],
    expected: { 1: found('1'), 2: found('2'), 3: INCORRECT_ORDER },
  },
  { operation: 'refill-status', input: '1', expected: COMPLETED },
  {
    operation: 'refill-status-many',
    input: ['1', '2', '3'],
    expected: { 1: found(COMPLETED), 2: found(REJECTED), 3: NO_REFILL },
  },
  { operation: 'cancel', input: ['9', '2'], expected: { 9: INCORRECT_ORDER, 2: found(true) } },
];

type DocumentedService = Omit<Service, 'panel'>;

const FOLLOWERS: DocumentedService = {
  number: '1',
  name: 'Followers',
  category: 'First Category',
  type: 'DEFAULT',
  typeText: 'Default',
  rate: '0.90',
  min: 50,
  max: 10_000,
  refill: true,
  cancel: true,
  dripFeed: null,
  description: null,
  averageTime: null,
};
const COMMENTS: DocumentedService = {
  ...FOLLOWERS,
  number: '2',
  name: 'Comments',
  category: 'Second Category',
  type: 'CUSTOM_COMMENTS',
  typeText: 'Custom Comments',
  rate: '8',
  min: 10,
  max: 1500,
  refill: false,
};

/** pica-smm.com does not say whether an order can be cancelled. */
function picaServices(followers: string, comments: string, commentsCategory: string): DocumentedService[] {
  return [
    { ...FOLLOWERS, number: '1448', name: followers, category: 'Instagram', cancel: null },
    { ...COMMENTS, number: '1452', name: comments, category: commentsCategory, cancel: null },
  ];
}

export const SERVICES: Readonly<Record<DocumentedPanelName, readonly DocumentedService[]>> = {
  'smm-plus': [FOLLOWERS, COMMENTS],
  smmcloud: [FOLLOWERS, COMMENTS],
  'pica-nl': picaServices('Instagram-volgers', 'Facebook-reacties', 'Facebook'),
  'pica-yue': picaServices('Instagram 追蹤者', 'Facebook 留言', '臉書'),
  'pica-kab': picaServices('Imḍebbaren n Instagram', 'Imeslayen n Faysbuk', 'Faysbuk'),
};

const link = 'https://example.com/p/1';

/** By the name of the order form. */
export const ADD_DETAILS: Readonly<Record<string, OrderDetails>> = {
  default: { form: 'default', values: { link, quantity: 100, runs: 3, interval: 5 } },
  package: { form: 'package', values: { link } },
  customComments: { form: 'customComments', values: { link, comments: ['Nice', 'Great'] } },
  subscription: {
    form: 'subscription',
    values: { username: 'ada', min: 10, max: 20, posts: 5, oldPosts: 2, delay: 30, expiry: '2026-12-05' },
  },
  commentLikes: { form: 'commentLikes', values: { link, quantity: 100, username: 'ada' } },
  commentReplies: { form: 'commentReplies', values: { link, username: 'ada', comments: ['Thanks', 'Yes'] } },
  invitesFromGroups: { form: 'invitesFromGroups', values: { link, quantity: 100, groups: ['one', 'two'] } },
};
