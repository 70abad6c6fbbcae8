import path from 'node:path';

/** Makes the path of a SQLite file absolute; anything else stays. */
export function resolveStore(store: string, directory: string): string {
  const file = /^sqlite:(?!:memory:$)(.+)$/.exec(store)?.[1];
  return file === undefined ? store : `sqlite:${path.resolve(directory, file)}`;
}
