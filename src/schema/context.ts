/** What resolvers may use: the caller, the loaders of the request, and the facades of the running gateway. */
import type { Caller } from '../access/caller.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ExchangeRates } from '../domain/money.ts';
import { Loaders } from '../loaders/loaders.ts';
import type { Orders } from '../orders/orders.ts';
import type { Panels } from '../panels/panels.ts';
import { AnswerRows } from './values/answer-rows.ts';

/** The facades of a running gateway, shared by all requests. */
export interface Facades {
  readonly orders: Orders;
  readonly panels: Panels;
  readonly catalogue: Catalogue;
  readonly settings: RequestSettings;
}

/** The configuration of requests. */
export interface RequestSettings {
  readonly exchange: ExchangeRates;
  /** The most ids that one list argument may hold. */
  readonly idsPerList: number;
  /** The most list items that one answer may hold. */
  readonly rows: number;
  /** The most calls to panels that one operation may cause. */
  readonly panelCalls: number;
  /** The longest search, in characters. */
  readonly searchLength: number;
}

export interface RequestContext extends Facades {
  readonly caller: Caller;
  readonly loaders: Loaders;
  readonly rows: AnswerRows;
}

export function createRequestContext(facades: Facades, caller: Caller): RequestContext {
  return { ...facades, caller, loaders: new Loaders(facades), rows: new AnswerRows(facades.settings.rows) };
}
