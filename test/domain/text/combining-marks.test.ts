import { expect, test } from 'vitest';
import { boundMarks } from '../../../src/domain/text/combining-marks.ts';

test('thirty marks in a row stay, and what is beyond goes', () => {
  const marks = '\u0301\u0323'.repeat(15);
  expect(boundMarks(`a${marks}b`)).toBe(`a${marks}b`);
  expect(boundMarks(`a${marks}\u0301b${marks}${marks}c`)).toBe(`a${marks}b${marks}c`);
});

test.each(['plain', 'Télégram', 'مُتَابِعِين', 'फ़ॉलोअर', ''])('%j stays as it is', (text) => {
  expect(boundMarks(text)).toBe(text);
});
