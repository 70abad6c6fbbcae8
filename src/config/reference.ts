/** docs/configuration.md, written from the shape: what it says is what is accepted. */
import type { z } from 'zod';
import { configSettings } from './config.ts';
import { PRESETS } from './presets.ts';
import { CONFIG_FILE_NAMES } from './read/find-config-file.ts';
import { OVERRIDABLE } from './read/overrides.ts';
import { fieldNotes } from './shape/fields.ts';
import { arrayElement, defaultOf, isRequired, objectShape, unwrapped } from './shape/look-inside.ts';

/** The whole page, as Markdown. */
export function printConfigReference(): string {
  const sections = [INTRODUCTION, presetTable(), overrideTable(), ...settingTables('', configSettings)];
  return `${sections.join('\n\n')}\n`;
}

const INTRODUCTION = `<!-- Generated from src/config by \`npx vitest run test/config/reference.test.ts -u\`. Do not edit. -->
# Configuration

One YAML or JSON file: ${CONFIG_FILE_NAMES.map((name) => `\`${name}\``).join(', ')} in the working directory, or the one
that \`--config FILE\` or \`PANELGRAPH_CONFIG\` names. Only \`panels\` is required:

\`\`\`yaml
panels:
  - id: plus
    preset: smm.plus
    key: \${SMM_PLUS_KEY}
  - id: acme
    url: https://panel.example/api/v2
    dialect: standard
    key: \${file:/run/secrets/acme}
\`\`\`

\`panelgraph check\` reads the file, asks every panel and tells what works. Every problem is reported at once, as
\`path: problem (hint)\`, and never with a value: it may be a secret. A mistake in the syntax of the file is told with its
line and column, and the line is shown; dots stand for all of it that may be a secret. A file whose name ends in \`.json\`
has to be JSON.

## Values from elsewhere

In any text, \`\${NAME}\` stands for an environment variable and \`\${file:PATH}\` for what a file holds, without the
newline at its end. One that is missing is a problem. Inside \`{ }\` and \`[ ]\` YAML wants them in quotes. Relative paths
are relative to the configuration file, those of flags and variables to the working directory.`;

function presetTable(): string {
  const rows = Object.entries(PRESETS).map(([name, { url, dialect }]) => [
    `\`${name}\``,
    `\`${url}\``,
    `\`${dialect}\``,
  ]);
  return `## Presets\n\n${table(['preset', 'url', 'dialect'], rows)}`;
}

function overrideTable(): string {
  const rows = OVERRIDABLE.map(({ path, flag, variable }) => [`\`${path}\``, `\`${flag}\``, `\`${variable}\``]);
  const text = 'A flag wins over a variable of the environment, which wins over the file.';
  return `## Flags and variables\n\n${text}\n\n${table(['setting', 'flag', 'variable'], rows)}`;
}

/** One table for the settings of an object, then those of the objects in it. */
function settingTables(path: string, schema: z.core.$ZodType): string[] {
  const fields = Object.entries(objectShape(schema) ?? {});
  const rows = fields.map(([name, field]) => [`\`${name}\``, kindOf(field), fallbackOf(field), descriptionOf(field)]);
  const title = path === '' ? 'Settings' : `\`${path}\``;
  const own = `## ${title}\n\n${table(['setting', 'value', 'default', 'meaning'], rows)}`;
  const nested = fields.flatMap(([name, field]) => {
    const element = arrayElement(field);
    const at = path === '' ? name : `${path}.${name}`;
    if (element !== undefined && objectShape(element) !== undefined) return settingTables(`${at}[]`, element);
    return objectShape(field) === undefined ? [] : settingTables(at, field);
  });
  return [own, ...nested];
}

function kindOf(field: z.core.$ZodType): string {
  if (objectShape(field) !== undefined) return 'settings, below';
  const element = arrayElement(field);
  if (element !== undefined) return objectShape(element) === undefined ? `list: ${kindOf(element)}` : 'list, below';
  return fieldNotes.get(unwrapped(field))?.kind ?? 'list';
}

function fallbackOf(field: z.core.$ZodType): string {
  if (isRequired(field)) return '**required**';
  const value = defaultOf(field);
  if (objectShape(field) !== undefined) return '';
  return value === undefined ? 'unset' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function descriptionOf(field: z.core.$ZodType): string {
  return (field as z.ZodType).description ?? '';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
