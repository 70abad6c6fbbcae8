// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are those of the file
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { load, problemsIn, withPanel } from './config-file.ts';

const SECRET = 'hunter2-hunter2-hunter2';

describe('a key', () => {
  it('is shown by no inspection, JSON or text of the configuration', async () => {
    const config = await load(withPanel(['preset: smm.plus', 'key: ${KEY}']), { env: { KEY: SECRET } });
    const { key } = config.panels[0]!;
    const shown = [inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config), `${key}`, String(key)];
    expect(shown.join('\n')).not.toContain('hunter2');
    expect(key.reveal()).toBe(SECRET);
  });

  it.each([
    'id: ${S}',
    'preset: ${S}',
    'url: ${S}',
    'url: http://${S}.example',
    'url: https://a:${S}@panel.example',
    'dialect: ${S}',
    'currency: ${S}',
    'timeoutMs: ${S}',
    'requestsPerSecond: ${S}',
    'userAgent: "${S}\\n"',
    'breaker: ${S}',
    'idempotencyParameter: "${S} "',
    'allowInsecure: ${S}',
    `${SECRET}-${SECRET}: x`,
    `unknown: ${SECRET}`,
    'currency: ${f5f4dcchunter2aa765d61d8327deb882}',
  ])('is in no problem when it stands in the wrong place: %s', async (line) => {
    const panel = ['key: x', ...(line.startsWith('id') ? [] : ['id: a']), line];
    const problems = await problemsIn(`panels:\n  - ${panel.join('\n    ')}\n`, { env: { S: SECRET } });
    expect(problems).not.toEqual([]);
    expect(problems.join('\n')).not.toContain('hunter2');
  });

  it.each(['host', 'port', 'store', 'cacheUrl'])('is in no problem of the flag %s', async (name) => {
    const problems = await problemsIn(withPanel(['preset: smm.plus', 'key: x']), { flags: { [name]: `${SECRET}@` } });
    expect(problems).toHaveLength(1);
    expect(problems.join('\n')).not.toContain('hunter2');
  });

  it('is in no problem of whatever a file looks like', async () => {
    const scraps = [
      'panels:',
      '\n',
      '  ',
      '- ',
      'key: ',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      ',',
      '&',
      '*',
      '!',
      '|',
      '%',
      '\t',
    ];
    const text = fc
      .array(fc.constantFrom(...scraps, `${SECRET}-${SECRET}`), { minLength: 1, maxLength: 30 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        expect((await problemsIn(content)).join('\n')).not.toContain('hunter2');
      }),
      { numRuns: 300 },
    );
  });
});
