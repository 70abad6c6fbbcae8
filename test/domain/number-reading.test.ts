import { describe, expect, it } from 'vitest';
import { readingOf } from '../../src/domain/number-reading.ts';

describe('the number of an order', () => {
  it.each(['0', '7', '23501', '90071992547409931234', 'abc', 'a7', 'x-7', '-', '+', '.7', 'ordén'])(
    '%s is read as itself by every panel',
    (number) => {
      expect(readingOf(number)).toBe('itself');
    },
  );

  it.each(['007', '00', '+7', '-7', '-007', '٧', '７', '0７'])('%s is another one to some', (number) => {
    expect(readingOf(number)).toBe('another');
  });

  it.each(['7abc', '7.0', '7e1', '0x7', '7_0', '+7a', '7:1', '3f2a9c1e-0000-4000-8000-000000000000'])(
    '%s is another one to those who count',
    (number) => {
      expect(readingOf(number)).toBe('perhaps another');
    },
  );
});
