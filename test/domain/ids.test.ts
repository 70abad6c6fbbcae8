import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CallerError } from '../../src/domain/errors.ts';
import {
  formatId,
  formatPanelId,
  formatPlacementId,
  getNodeRef,
  isPanelNumber,
  parseNodeId,
} from '../../src/domain/ids.ts';

const type = fc.constantFrom('Service' as const, 'Order' as const, 'Refill' as const);
const panel = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const number = fc.string({ minLength: 1, maxLength: 128, unit: 'grapheme' }).filter(isPanelNumber);

describe('ids', () => {
  it('come back as they were written, whatever letters and colons the number holds', () => {
    fc.assert(
      fc.property(type, panel, number, (kind, name, text) => {
        expect(parseNodeId(formatId(kind, { panel: name, number: text }))).toEqual({
          type: kind,
          panel: name,
          number: text,
        });
      }),
    );
  });

  it('are read from any text without throwing, and only where writing them gives the text again', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^(Service|Order|Panel|X):[a-z:]{0,5}:?[ -~]{0,9}$/)),
        (text) => {
          const ref = parseNodeId(text);
          if (ref === null) return;
          const written =
            ref.type === 'Panel'
              ? formatPanelId(ref.panel)
              : ref.type === 'Placement'
                ? formatPlacementId(ref.uuid)
                : formatId(ref.type, ref);
          expect(written.toLowerCase()).toBe(text.toLowerCase());
        },
      ),
    );
  });

  it.each([
    ['Order:acme:90071992547409931234', '90071992547409931234'],
    ['Order:acme:a1b2-c3:d4', 'a1b2-c3:d4'],
    ['Order:acme::', ':'],
    ['Order:acme:заказ', 'заказ'],
  ])('%s names the order %s', (id, text) => {
    expect(parseNodeId(id)).toEqual({ type: 'Order', panel: 'acme', number: text });
  });

  it.each([
    '',
    'Order',
    'Order:',
    'Order:acme',
    'Order:acme:',
    'Order::1',
    'order:acme:1',
    'Order:ac me:1',
    'Order:acme:1,2',
    'Order:acme:1 2',
    'Order:acme:1\n',
    'Order:acme:\u0000',
    `Order:acme:${'1'.repeat(129)}`,
    `Order:${'a'.repeat(65)}:1`,
    'Panel:',
    'Panel:a:b',
    'Placement:1',
    'Thing:acme:1',
  ])('%j is none', (id) => {
    expect(parseNodeId(id)).toBeNull();
  });

  it('of placements are the same in upper case', () => {
    const uuid = '0193d2a4-7c1e-7000-8000-0123456789ab';
    expect(parseNodeId(`Placement:${uuid.toUpperCase()}`)).toEqual({ type: 'Placement', uuid });
  });

  it('of another type are refused with the path of the argument', () => {
    const read = () => getNodeRef('Order', 'Service:acme:1', ['ids', '3']);
    expect(read).toThrow(CallerError);
    expect(read).toThrow(/ids\.3.*Order:acme:23501/);
  });
});
