import { describe, expect, it } from 'vitest';
import type { Service } from '../../../src/domain/service.ts';
import { findDetailsIssues } from '../../../src/orders/checking/details-issues.ts';

const NO_MAXIMUM = Number.MAX_SAFE_INTEGER;

function messagesOf(limits: Pick<Service, 'min' | 'max'>, quantity: number): string[] {
  const details = { form: 'default', values: { link: 'https://example.com/post', quantity } } as const;
  return findDetailsIssues({ type: 'DEFAULT', ...limits } as Service, details).map(({ message }) => message);
}

describe('the quantity of an order', () => {
  it.each([1, 7, 5_000_000])('%i is fine for a service without limits', (quantity) => {
    expect(messagesOf({ min: 0, max: NO_MAXIMUM }, quantity)).toEqual([]);
  });

  it('is at least one, whatever the panel says', () => {
    expect(messagesOf({ min: 0, max: NO_MAXIMUM }, 0)).toEqual(['It must be 1 or more.']);
    expect(messagesOf({ min: 0, max: 10 }, 0)).toEqual(['It must be from 1 to 10.']);
  });

  it('is told the limits of its service', () => {
    expect(messagesOf({ min: 10, max: NO_MAXIMUM }, 9)).toEqual(['It must be 10 or more.']);
    expect(messagesOf({ min: 10, max: 100 }, 101)).toEqual(['It must be from 10 to 100.']);
    expect(messagesOf({ min: 10, max: 100 }, 100)).toEqual([]);
  });
});
