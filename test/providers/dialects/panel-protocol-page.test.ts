/** docs/panel-protocol.md says what the tables of the code say. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ORDER_FORMS } from '../../../src/domain/order-forms.ts';
import { wireNameOf } from '../../../src/providers/dialects/standard/add/add-fields.ts';
import { classify } from '../../../src/providers/dialects/standard/errors/classify.ts';
import { serviceTypeOf } from '../../../src/providers/dialects/standard/reading/order-types.ts';
import { orderStatusOf, refillStatusOf } from '../../../src/providers/dialects/standard/reading/status-words.ts';

const page = readFileSync(new URL('../../../docs/panel-protocol.md', import.meta.url), 'utf8');

/** The cells of a table, known by the head of its first column, without its head. */
function tableOf(head: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${head} |`));
  const length = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  return lines.slice(start + 2, start + length).map((line) =>
    line
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
}

const codeSpans = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text!);

describe('the page about what panels speak', () => {
  it('names the fields of each order type', () => {
    const rows = tableOf('type').filter(([word]) => word !== 'any other');
    expect(rows).toHaveLength(Object.keys(ORDER_FORMS).length - 1);
    for (const [word, required, optional] of rows) {
      const { fields } = ORDER_FORMS[serviceTypeOf(word!)];
      const names = (isRequired: boolean) => fields.filter((field) => field.required === isRequired).map(wireNameOf);
      expect([word, codeSpans(required), codeSpans(optional)]).toEqual([word, names(true), names(false)]);
    }
  });

  it.each([
    ['order', orderStatusOf],
    ['refill', refillStatusOf],
  ] as const)('names the words of the status of an %s', (head, statusOf) => {
    for (const [status, words] of tableOf(head)) {
      for (const word of words!.split(', ')) expect([word, statusOf(word)]).toEqual([word, status!.split(' ')[0]]);
    }
  });

  it('names the codes of texts as they are classified', () => {
    const actions = {
      ORDER_NOT_FOUND: 'status',
      REFILL_NOT_FOUND: 'refill_status',
      REFILL_NOT_ALLOWED: 'refill',
    } as const;
    for (const [cell, texts] of tableOf('code')) {
      const code = cell!.split(',')[0]!;
      if (code === 'CANCEL_NOT_ALLOWED') continue;
      const action = actions[code as keyof typeof actions] ?? 'add';
      for (const text of codeSpans(texts)) expect([text, classify(text, action).code]).toEqual([text, code]);
    }
  });
});
