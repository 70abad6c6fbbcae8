import { expect, it } from 'vitest';
import { DIALECT_NAMES } from '../../../src/config/presets.ts';
import { DIALECTS, getDialect } from '../../../src/providers/dialects/index.ts';

it('has each dialect under its own name', () => {
  for (const name of DIALECT_NAMES) expect(getDialect(name).name).toBe(name);
});

it('has the dialects that the configuration may name, and no other', () => {
  expect(Object.keys(DIALECTS)).toEqual([...DIALECT_NAMES]);
});
