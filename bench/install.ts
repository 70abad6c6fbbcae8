/** Brings the peers that package-lock.json names, unless they are there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

export async function installPeers(): Promise<void> {
  const folder = import.meta.dirname;
  const [wanted, installed] = await Promise.all([
    changedAt(join(folder, 'package-lock.json')),
    changedAt(join(folder, 'node_modules/.package-lock.json')),
  ]);
  if (installed >= wanted) return;
  console.log('Installing the peers (npm ci in bench/).');
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: folder, stdio: 'inherit' });
  const [code] = await once(npm, 'exit');
  if (code !== 0) throw new Error('npm ci in bench/ has failed.');
}

/** 0 where there is no such file. */
async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}
