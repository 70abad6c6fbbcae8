// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are those of the file
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../src/config/read/find-json-fault.ts';
import { problemsIn } from './config-file.ts';

/** The problem without the folder of the file, and the excerpt below it. */
async function explain(text: string | Buffer, name = 'panelgraph.yaml'): Promise<string> {
  return (await problemsIn(text, { name })).join('\n').replace(/^\S+\/panelgraph/, 'panelgraph');
}

describe('a mistake in YAML', () => {
  it.each([
    ['a tab', 'panels:\n  - id: a\n\tkey: hunter2\n', ':3:1: Tabs are not allowed as indentation (use spaces)'],
    ['a line too far left', 'panels:\n  - id: a\n   key: hunter2\n', ':3:1: Sequence item without - indicator (indent'],
    ['a line too far right', 'panels:\n  - id: a\n     key: hunter2\n', ':2:9: Nested mappings are not allowed in'],
    ['an open quote', 'panels:\n  - id: a\n    key: "hunter2\n', ':3:18: Missing closing "quote'],
    ['a missing comma', 'panels: [{ id: a key: hunter2 }]\n', ':1:16: Block collections are not allowed within flow'],
    [
      'a missing colon',
      'panels:\n  - id: a\n    key hunter2\n    url: x\n',
      ':3:5: Implicit keys need to be on a single',
    ],
    ['a second name', 'panels:\n  - id: a\n    id: hunter2\n', ':3:5: Map keys must be unique'],
    ['a bare reference', 'panels: [{ key: ${HUNTER2} }]\n', ':1:18: Unexpected flow-map-start at node end (inside { }'],
    ['a block header', 'panels:\n  - key: |hunter2\n', ':2:11: Block scalar header includes extra characters\n'],
    ['a tag', 'panels:\n  - key: !hunter2 x\n', ':2:10: Unresolved tag (put a text that begins with ! in quotes)'],
    ['an escape', 'panels:\n  - key: "\\hunter2"\n', ':2:11: Invalid escape sequence (use single quotes'],
    ['an alias', 'panels:\n  - key: *hunter2\n', ': has an alias (*name) that cannot be resolved'],
    ['a loop', 'panels: &p\n  - *p\n', ': has an alias (*name) that cannot be resolved'],
    ['no settings', 'hunter2\n', 'settings: must hold settings'],
  ])("is told in the parser's words with its place, and never with a value: %s", async (_, text, problem) => {
    const explained = await explain(text);
    expect(`${explained}\n`).toContain(problem);
    expect(explained.toLowerCase()).not.toContain('hunter2');
  });

  it('is shown on its line, with a caret, and with dots for what is not a word of the gateway', async () => {
    expect(await explain('panels:\n  - id: acme\n    key: hunter2\n      preset: smm.plus\n')).toBe(
      [
        'panelgraph.yaml:3:10: Nested mappings are not allowed in compact mappings (indent the line as its neighbours are, or put a text with a colon in quotes)',
        '  3 |     key: ·······',
        '    |          ^',
      ].join('\n'),
    );
  });

  it('keeps its caret below a line that begins with a tab, and on a long one', async () => {
    expect(await explain('panels:\n  - id: a\n\t"key": "x" "y"\n')).toContain('\n  3 | \t"key": "·" "·"\n');
    const [, line = '', caret = ''] = (await explain(`server: { ${' '.repeat(500)}port: 1 port: 2 }\n`)).split('\n');
    expect(line.length).toBeLessThan(140);
    expect(caret.indexOf('^')).toBe(line.indexOf('·'));
  });
});

describe('a mistake in JSON', () => {
  const lines = (...between: string[]) => ['{', '  "panels": [', ...between, '  ]', '}', ''].join('\n');
  it.each([
    ['a missing comma', lines('    { "id": "a" "key": "hunter2" }'), ':3:17: Expected , or } after a value'],
    ['a comma too many', lines('    { "id": "a" },'), ':4:3: Unexpected ] after a comma'],
    ['a comma before a bracket', lines('    { "id": "a", }'), ':3:18: Unexpected } after a comma'],
    ['a text without quotes', lines('    { "key": hunter2 }'), ':3:14: Expected a value: text in double quotes'],
    ['a name without quotes', lines('    { key: "hunter2" }'), ':3:7: Expected the name of a setting in double quotes'],
    ['an open text', lines('    { "key": "hunter2 }'), ':3:24: A text does not end on its line'],
    ['a missing colon', lines('    { "key" "hunter2" }'), ':3:13: Expected : after the name of a setting'],
    ['an escape', lines('    { "key": "\\hunter2" }'), ':3:15: Invalid escape in a text'],
    ['a comment', lines('    // hunter2'), ':3:5: Expected a value'],
    ['a missing bracket', '{ "panels": [ {"key": "hunter2"} ]\n', ':1:35: Expected , or } after a value'],
    ['a bracket too many', '{ "panels": [] }}\n', ':1:17: Expected nothing after the last bracket'],
    ['a second name', lines('    { "id": "hunter2", "id": "b" }'), ':3:24: Map keys must be unique'],
  ])('is told with its exact place, and never with a value: %s', async (_, text, problem) => {
    const explained = await explain(text, 'panelgraph.json');
    expect(explained).toContain(problem);
    expect(explained).not.toContain('hunter2');
    const [, line = '', caret = ''] = explained.split('\n');
    expect(caret.indexOf('^')).toBe(line.indexOf('|') + 1 + Number(/:\d+:(\d+): /.exec(explained)![1]));
  });

  it('is found where JSON.parse finds one, in any text', () => {
    const scraps = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '\\',
      '\\n',
      '1',
      '-0.5e3',
      '01',
      'true',
      'nul',
      ' ',
      '\n',
    ];
    const anything = fc.oneof(
      fc.array(fc.constantFrom(...scraps), { maxLength: 12 }).map((parts) => parts.join('')),
      fc.json(),
      fc.json().chain((json) => fc.nat(json.length).map((end) => json.slice(0, end))),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(findJsonFault(text) === null).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a file without text', () => {
  it.each([
    ['that is empty', '', 'is empty (it needs at least one panel: see docs/configuration.md)'],
    ['of spaces', ' \n\n', 'is empty (it needs at least one panel: see docs/configuration.md)'],
    ['in UTF-16 with a mark', Buffer.from('\ufeffpanels:', 'utf16le'), 'is encoded in UTF-16 (save it as UTF-8)'],
    ['in UTF-16 without one', Buffer.from('panels:', 'utf16le'), 'is encoded in UTF-16 (save it as UTF-8)'],
    ['of a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'is a binary file (a configuration is text: '],
    ['in Latin-1', Buffer.from('panels: \xe9', 'latin1'), 'is not encoded in UTF-8 (save it as UTF-8)'],
    ['of two megabytes', Buffer.alloc(2 ** 21, ' '), 'is larger than 1 MB (no configuration is: is it another file?)'],
  ])('is refused in one sentence: one %s', async (_, content, problem) => {
    expect(await explain(content)).toContain(`panelgraph.yaml: ${problem}`);
  });

  it('is text behind a byte-order mark', async () => {
    expect(await explain('\ufeffpanels: []')).toBe('panels: must not be empty');
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
