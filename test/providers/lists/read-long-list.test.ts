import { describe, expect, it } from 'vitest';
import { getDialect } from '../../../src/providers/dialects/index.ts';
import { parseExactJson } from '../../../src/providers/json/exact-json.ts';
import { readLongList } from '../../../src/providers/lists/read-long-list.ts';
import { readUnlessRefused } from '../../../src/providers/transport/panel-call.ts';

const KEY = 'secret/key-0123456789';
const at = new Date(0);

function readLong(text: string, httpStatus = 200) {
  const bytes = new TextEncoder().encode(text).buffer;
  return readLongList({ bytes, key: KEY, dialect: 'standard', refusals: {}, panel: 'acme', at: 0, httpStatus });
}

/** What becomes of the same text where it is short. */
function readShort(text: string, httpStatus = 200) {
  const dialect = getDialect('standard');
  const read = readUnlessRefused(dialect, 'services', (value, context) => dialect.services.decode(value, context));
  try {
    const answer = read(parseExactJson(text), { panel: 'acme', at, httpStatus });
    if (answer.kind === 'found') return { kind: 'found', list: answer.value };
    return answer.kind === 'refused' ? answer : { kind: 'unreadable', why: 'not what the protocol says' };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unreadable', why: 'it is no whole JSON' };
    throw error;
  }
}

const entry = (service: unknown, more: object = {}) => ({
  service,
  name: `N ${service}`,
  category: 'C',
  rate: '1.10',
  min: 1,
  max: 10,
  ...more,
});
const [a, b] = [JSON.stringify(entry(1)), JSON.stringify(entry(2))];

describe('a long list', () => {
  it.each([
    ...['[]', `[${a}]`, `[${a},${b},${a}]`, `[${a},null,"x",[],{}]`, ` \n[ ${a} , ${b} ]\t`, `\ufeff[${a}]`],
    ...[`{"10":${b},"9":${a}}`, `{"b":${a},"1":${b},"b":${b}}`, `{"status":"success","1":${a},"2":"x"}`, '{}'],
    ...[`{"data":[${a}]}`, `{"status":"ok","services":{"data":[${a},${b}]}}`, `{"data":{},"error":""}`],
    ...['{"status":"success","data":"Empty Data"}', '{"data":"words"}', '{"data":null}', '{"services":5}'],
    ...['{"error":"Invalid API key"}', '[{"error":"Invalid API key"}]', '{"data":{"error":"Invalid API key"}}'],
    ...[`{"1":${a},"2":${b},"error":"Invalid API key"}`, `{"data":[${a}],"status":"fail","message":"no key"}`],
    ...[`{"error":"x","data":[${a}]}`, `[${a},{"error":"x"}]`, '"Invalid API key"', 'null', '7', 'true'],
    ...[`[${a}`, `[${a},]`, `[${a}] x`, `[nope,${a}]`, `{"1":${a}`, '<html>[]</html>', 'Warning: x [', ''],
    ...[`<br />\n<b>Warning</b>: x on line <b>3</b><br />\n[${a},${b}]`, `<!doctype html><p>[${a}]`],
    ...[`{"__proto__":${a},"2":${b}}`, `[{"__proto__":{"rate":"1"}},${a}]`, `[${a.replace('1.10', '1.1"}')}]`],
    ...['[1,2,3]', '["a"]', `{"data":{"data":{"data":[${a}]}}}`, `{"data":{"data":{"data":{"data":[${a}]}}}}`],
  ])('is read as a short one is: %s', (text) => {
    for (const status of [200, 403]) expect(readLong(text, status)).toEqual(readShort(text, status));
  });

  it('shows no key', () => {
    const text = JSON.stringify([entry(1, { name: `for ${KEY}` })]);
    expect(readLong(text)).toMatchObject({ list: { services: [{ name: 'for [key]' }] } });
    expect(readLong(text.replace('secret/', 'secret\\/'))).toMatchObject({
      list: { services: [{ name: 'for [key]' }] },
    });
  });

  it('of 250,000 entries is read, and of one more is not', () => {
    const entries = `${a},`.repeat(249_999);
    expect(readLong(`[${entries}${b}]`)).toMatchObject({ list: { services: [{ number: '1' }, { number: '2' }] } });
    const why = 'it has more than 250000 entries, the most that are read';
    for (const more of [
      `[${entries}${b},{}]`,
      `{"data":{"services":[${entries}${b},{}]}}`,
      `[${'{},'.repeat(1e6)}{}]`,
    ]) {
      expect(readLong(more)).toEqual({ kind: 'unreadable', why });
    }
  });

  it('loses an entry that is too long, too deep, or has too many members, and no other', () => {
    const long = JSON.stringify(entry(3, { description: 'x'.repeat(66_000) }));
    const members = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`m${at}`, at]));
    const wide = JSON.stringify(entry(4, members));
    const deep = JSON.stringify(entry(5)).replace('"C"', `${'['.repeat(30_000)}${']'.repeat(30_000)}`);
    const digits = JSON.stringify(entry(6)).replace('"1.10"', '9'.repeat(1_000_000));
    const reading = readLong(`[${a},${long},${wide},${deep},${digits},${b}]`);
    expect(reading).toMatchObject({ kind: 'found', list: { services: [{ number: '1' }, { number: '2' }] } });
    expect(reading).toMatchObject({ list: { skippedCount: 4 } });
  });

  it('has its texts cut', () => {
    const marks = '\u0301'.repeat(300);
    const odd = entry(1, {
      name: `a${marks}${'🔥'.repeat(600)}`,
      category: 'c'.repeat(2_000),
      desc: 'd'.repeat(20_000),
    });
    const reading = readLong(JSON.stringify([odd]));
    if (reading.kind !== 'found') throw new Error('Not read.');
    const [service] = reading.list.services;
    expect(service?.name.startsWith(`a${'\u0301'.repeat(30)}🔥`)).toBe(true);
    expect(service?.name.length).toBeLessThanOrEqual(1_000);
    expect(service?.name.isWellFormed()).toBe(true);
    expect([service?.category.length, service?.description?.length]).toEqual([1_000, 10_000]);
  });

  it.each([
    [9, 0, 'found'],
    [5, 5, 'found'],
    [4, 6, 'unreadable'],
    [0, 10, 'unreadable'],
  ])('of %i services and %i other entries is %s', (services, others, kind) => {
    const entries = [
      ...Array.from({ length: services }, (_, at) => entry(at)),
      ...Array.from({ length: others }, () => ({})),
    ];
    expect(readLong(JSON.stringify(entries)).kind).toBe(kind);
  });

  it('that says each service many times is readable', () => {
    expect(readLong(`[${`${a},`.repeat(50)}${b}]`)).toMatchObject({ list: { skippedCount: 49 } });
  });
});
