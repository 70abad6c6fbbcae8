/** What a simulated panel sells. */
import { ORDER_TYPE_NAMES, type OrderTypeName } from './order-types.ts';

export interface ZooService {
  readonly number: string;
  readonly type: OrderTypeName;
  /** For 1000 of what is counted, or for the package; a multiple of 1000, so that every charge is whole. */
  readonly rateMicros: number;
  readonly min: number;
  /** 0: none. */
  readonly max: number;
  /** The limits that are in force, where the list has others. */
  readonly truth?: { readonly min: number; readonly max: number };
  /** Listed, and sold no more. */
  readonly isDisabled?: boolean;
}

export function sell(number: string, type: OrderTypeName, more: Partial<ZooService> = {}): ZooService {
  return { number, type, rateMicros: 900_000, min: 1, max: 10_000, ...more };
}

/** One of each type, numbered onwards from `first`. */
export function sellAllTypes(first: number, more: Partial<ZooService> = {}): ZooService[] {
  return ORDER_TYPE_NAMES.map((type, index) => sell(String(first + index), type, more));
}

/** One entry of `action=services`; `rate` as the panel writes money. */
export function listEntry(service: ZooService, rate: string | number): object {
  const { number, type, min, max } = service;
  return {
    service: number,
    name: `${type} ${number}`,
    type,
    category: 'Zoo',
    rate,
    min: String(min),
    max: String(max),
    refill: true,
    cancel: true,
  };
}
