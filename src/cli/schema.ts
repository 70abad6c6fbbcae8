import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { CommandError } from './command-error.ts';

interface SchemaFlags {
  readonly write?: boolean;
  readonly check?: boolean;
  readonly file: string;
}

/** Beside package.json, whether this runs from `src` or from `dist`. */
const SCHEMA_FILE = fileURLToPath(new URL('../../schema.graphql', import.meta.url));

export function schemaCommand(): Command {
  return new Command('schema')
    .description('Print the GraphQL schema.')
    .addOption(new Option('--write', 'write it to the file instead').conflicts('check'))
    .option('--check', 'print nothing, and fail if the file differs')
    .addOption(
      new Option('--file <path>', 'the file of --write and --check').default(
        SCHEMA_FILE,
        "the project's schema.graphql",
      ),
    )
    .addHelpText(
      'after',
      `
Examples:
  panelgraph schema > schema.graphql
  panelgraph schema --check`,
    )
    .action(schema);
}

async function schema({ write = false, check = false, file }: SchemaFlags): Promise<void> {
  const { printSchemaText } = await import('../schema/print-schema.ts');
  const text = printSchemaText();
  if (write) return writeFile(file, text);
  if (!check) {
    process.stdout.write(text);
    return;
  }
  if ((await readOrNothing(file)) !== text) {
    throw new CommandError(`${file} is not what the code says: run \`npm run schema:print\` and commit it.`);
  }
}

/** A file that is missing differs, too. */
async function readOrNothing(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
