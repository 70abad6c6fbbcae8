/** Where the gateway's time went: the functions with the most time of their own. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN_FUNCTIONS = 40;
const SHOWN_FILES = 15;

/** Prints a summary of every profile in a folder. A profile opens in Chrome's developer tools as well. */
export async function summarizeProfiles(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const profile = JSON.parse(await readFile(file, 'utf8')) as CpuProfile;
    console.log(`\n${file}`);
    printSelfTimes(profile);
  }
}

function printSelfTimes({ nodes, samples, timeDeltas }: CpuProfile): void {
  const selfTimes = new Map<number, number>();
  samples.forEach((id, at) => {
    selfTimes.set(id, (selfTimes.get(id) ?? 0) + (timeDeltas[at] ?? 0));
  });
  const functions = new Map<string, number>();
  const files = new Map<string, number>();
  let busy = 0;
  for (const { id, callFrame } of nodes) {
    const time = selfTimes.get(id) ?? 0;
    const name = callFrame.functionName || '(anonymous)';
    if (time === 0 || name === '(idle)' || name === '(root)') continue;
    busy += time;
    const file = shortened(callFrame.url);
    add(functions, `${name}  ${file}${file && `:${callFrame.lineNumber + 1}`}`, time);
    add(files, file === '' ? name : groupOf(file), time);
  }
  console.log(`Busy ${Math.round(busy / 1000)} ms. Self time by function:`);
  printTop(functions, busy, SHOWN_FUNCTIONS);
  console.log('By module:');
  printTop(files, busy, SHOWN_FILES);
}

function printTop(times: ReadonlyMap<string, number>, busy: number, count: number): void {
  const top = [...times].sort(([, a], [, b]) => b - a).slice(0, count);
  for (const [name, time] of top) console.log(`${((time / busy) * 100).toFixed(1).padStart(6)}%  ${name}`);
}

function add(times: Map<string, number>, name: string, time: number): void {
  times.set(name, (times.get(name) ?? 0) + time);
}

function shortened(url: string): string {
  return url
    .replace(/^file:\/\//, '')
    .replace(/^.*\/node_modules\//, '')
    .replace(/^.*\/(src\/)/, '$1');
}

/** A package, a folder of our own, or a part of Node. */
function groupOf(file: string): string {
  if (file.startsWith('node:')) return file;
  if (file.startsWith('src/')) return file;
  return file
    .split('/')
    .slice(0, file.startsWith('@') ? 2 : 1)
    .join('/');
}
