import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson } from '../../../src/providers/json/exact-json.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const WARNING = '<br />\n<b>Warning</b>: foo in <b>/var/x.php</b> on line <b>3</b><br />\n';

describe('parseExactJson', () => {
  it.each([
    ['0.00011999999999999999'],
    ['123456789012345678901234567890'],
    ['1e400'],
    ['-0'],
    ['1.50'],
    ['9007199254740993'],
  ])('keeps the text of the number %s', (number) => {
    expect(parseExactJson(`{"a":[${number}]}`)).toEqual({ a: [number] });
  });

  it('keeps the text of any number, and everything else as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const expected = JSON.parse(text, (_key, each: unknown) =>
          typeof each === 'number' ? JSON.stringify(each) : each,
        );
        expect(parseExactJson(text)).toEqual(expected);
      }),
    );
  });

  it('keeps a key `__proto__` as a plain member', () => {
    const value = parseExactJson('{"__proto__":{"order":1}}') as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(value['order']).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ['a byte order mark', '\uFEFF'],
    ['two byte order marks', '\uFEFF\uFEFF\n'],
    ['a PHP warning in HTML', WARNING],
    ['a byte order mark and a PHP warning', `\uFEFF${WARNING}`],
    ['a PHP warning as text', '\nNotice: Undefined offset: 3 in /x.php on line 3\n'],
    ['brackets in a warning', '<b>Warning</b>: SQLSTATE[HY000] [2002] in {closure}: a "quote<br />\n'],
    ['a thousand warnings', WARNING.repeat(1000)],
  ])('finds JSON behind %s', (_what, noise) => {
    expect(parseExactJson(`${noise}{"order":23501}\n`)).toEqual({ order: '23501' });
    expect(parseExactJson(`${noise}[{"order":"}\\"[","n":1}]`)).toEqual([{ order: '}"[', n: '1' }]);
  });

  it('finds any object behind warnings', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value);
        expect(parseExactJson(WARNING + text)).toEqual(parseExactJson(text));
      }),
    );
  });

  it.each([
    ['an empty body', ''],
    ['white space', ' \r\n'],
    ['an HTML page', '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>{"a":1}</body></html>'],
    ['an HTML page cut off in a script', '<!DOCTYPE html><html><script>var config = {"order":1}'],
    ['a warning alone', WARNING],
    ['truncated JSON', '{"order":23501,"charge":"0.1'],
    ['JSON truncated behind a whole member', '{"1":{"status":"Completed"},"data":{"order":1}'],
    ['a list truncated behind a whole element', '[{"order":1},{"order":2}'],
    ['truncated JSON behind a warning', `${WARNING}[{"order":1},\n{"order":2}`],
    ['two answers', '{"error":"no"}{"order":1}'],
    ['two answers behind a warning', `${WARNING}{"error":"no"}\n{"order":1}`],
    ['JSON with something behind', '{"order":1} ok'],
    ['single quotes', "{'order':1}"],
    ['NaN', '{"charge":NaN}'],
  ])('refuses %s', (_what, text) => {
    expect(() => parseExactJson(text)).toThrow(SyntaxError);
  });

  it('refuses any truncated object, with a warning in front or without', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        const truncated = text.slice(0, cut % text.length);
        expect(() => parseExactJson(truncated)).toThrow(SyntaxError);
        expect(() => parseExactJson(WARNING + truncated)).toThrow(SyntaxError);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['opening brackets', '['.repeat(2_000_000)],
    ['closing brackets', `x${']'.repeat(2_000_000)}`],
    ['deep nesting', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
    ['objects behind one another', `x${'{}'.repeat(1_000_000)}`],
    ['unclosed objects', `${'{"a":'.repeat(400_000)}1}`],
    ['backslashes', `x"${'\\'.repeat(1_000_000)}${'\\"'.repeat(500_000)}"]`],
    ['quotes', `x${'"'.repeat(2_000_000)}}`],
    ['spaces', `x${'[ '.repeat(10)}${' '.repeat(2_000_000)}]`],
    ['line breaks', `<${'\n'.repeat(2_000_000)}]`],
  ])('refuses megabytes of %s in little time', (_what, text) => {
    const ms = cpuMsOf(() => expect(() => parseExactJson(text)).toThrow(SyntaxError));
    expect(ms).toBeLessThan(2000);
  });
});
