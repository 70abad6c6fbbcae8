import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerTooLargeError, writeJson } from '../../../../src/server/graphql/answers/write-json.ts';

const write = async (value: unknown, maxBytes = 1e9): Promise<string> =>
  Buffer.concat(await writeJson(value, { maxBytes })).toString();

describe('writing JSON in pieces', () => {
  it('writes what JSON.stringify writes', async () => {
    const row = fc.record({
      id: fc.string(),
      name: fc.string({ unit: 'binary' }),
      parts: fc.array(fc.jsonValue()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 300 }), fc.jsonValue(), async (rows, other) => {
        const value = { rows, again: [rows, [rows]], other };
        expect(await write(value)).toBe(JSON.stringify(value));
      }),
      { numRuns: 50 },
    );
  });

  it('writes dates, absent members and odd keys as JSON.stringify does', async () => {
    const odd = Object.assign(Object.create(null), {
      ['__proto__']: 1,
      at: new Date(0),
      absent: undefined,
      list: [undefined, null, new Date(5)],
      'a "quoted" key': '\u2028\ud800',
    });
    const value = { many: Array.from({ length: 500 }, () => odd) };
    expect(await write(value)).toBe(JSON.stringify(value));
  });

  it('gives pieces that can be sent one by one', async () => {
    const pieces = await writeJson({ rows: Array.from({ length: 50_000 }, (_, id) => ({ id })) }, { maxBytes: 1e9 });
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) expect(piece.length).toBeLessThan(200_000);
  });

  it('lets the loop turn while it writes', async () => {
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    await write({ rows: Array.from({ length: 400_000 }, (_, id) => ({ id, name: 'a service' })) });
    clearInterval(count);
    expect(turns).toBeGreaterThan(3);
  });

  it('gives up what is too long', async () => {
    const value = { rows: Array.from({ length: 1000 }, () => 'é'.repeat(100)) };
    const bytes = Buffer.byteLength(JSON.stringify(value));
    await expect(write(value, bytes - 1)).rejects.toThrow(AnswerTooLargeError);
    expect(await write(value, bytes)).toHaveLength(JSON.stringify(value).length);
  });
});
