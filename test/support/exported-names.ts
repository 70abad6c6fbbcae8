/** Reads which names each source file declares and exports. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const DECLARATION =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|const|let|enum) ([A-Za-z_$][\w$]*)/gm;

/** The names that one file declares and exports. What it only passes on from another file is not among them. */
export function parseExportedNames(source: string): string[] {
  // An overloaded function is declared several times.
  return [...new Set(Array.from(source.matchAll(DECLARATION), ([, name = '']) => name))];
}

/** The files below a directory that declare each exported name, as paths from there with `/`. */
export function readExportedNames(directory: string): Map<string, string[]> {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const filesOf = new Map<string, string[]>();
  for (const file of files) {
    for (const name of parseExportedNames(readFileSync(path.join(directory, file), 'utf8'))) {
      filesOf.set(name, [...(filesOf.get(name) ?? []), file.replaceAll(path.sep, '/')]);
    }
  }
  return filesOf;
}
