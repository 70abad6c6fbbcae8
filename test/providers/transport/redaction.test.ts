import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedaction } from '../../../src/providers/transport/redaction.ts';

const KEY = 'ab/c&d+e f\'1"2%';

describe('redaction', () => {
  it.each([
    ['as it stands', KEY],
    ['in a URL', encodeURIComponent(KEY)],
    ['in a form', new URLSearchParams({ key: KEY }).toString().slice('key='.length)],
    ['in JSON', JSON.stringify(KEY).slice(1, -1)],
    ['in the JSON of PHP', JSON.stringify(KEY).slice(1, -1).replaceAll('/', '\\/')],
    ['in HTML', KEY.replace('&', '&amp;').replace('"', '&quot;')],
    ['in the HTML of PHP', KEY.replace('&', '&amp;').replace('"', '&quot;').replace("'", '&#039;')],
  ])('takes the key out where it stands %s', (_how, written) => {
    const { body, message } = createRedaction(KEY);
    expect(message(`Invalid key ${written}.`)).toBe('Invalid key [key].');
    expect(body(`{"error":"Invalid key ${written}, ${written}"}`)).toBe('{"error":"Invalid key [key], [key]"}');
  });

  it('leaves no key in a message, whatever surrounds it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const key = 'f00dfeed-key';
        expect(createRedaction(key).message(before + key + after)).not.toContain(key);
      }),
    );
  });

  it('leaves answers alone where the key could be an ordinary part of them', () => {
    expect(createRedaction('7').body('{"order":7}')).toBe('{"order":7}');
    expect(createRedaction('1234567890').body('{"order":1234567890}')).toBe('{"order":1234567890}');
    expect(createRedaction('1234567890').message('Bad key 1234567890')).toBe('Bad key [key]');
  });

  it('makes a message one line of bounded length', () => {
    const { message } = createRedaction('secret-key');
    expect(message(' a\r\n\tb  c ')).toBe('a b c');
    expect(message('x'.repeat(10_000)).length).toBeLessThan(310);
    // A key that would be cut in half is masked before.
    expect(message(`${'x'.repeat(295)}secret-key`)).not.toContain('secre');
  });
});
