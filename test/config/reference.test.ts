import { describe, expect, it } from 'vitest';
import { printConfigReference } from '../../src/config/reference.ts';

describe('docs/configuration.md', () => {
  it('is what the shape says; `npx vitest run test/config/reference.test.ts -u` writes it', async () => {
    await expect(printConfigReference()).toMatchFileSnapshot('../../docs/configuration.md');
  });

  it('describes every setting and its kind', () => {
    expect(printConfigReference()).not.toMatch(/\|\s*\|\s*$/m);
    expect(printConfigReference()).not.toContain('undefined');
  });
});
