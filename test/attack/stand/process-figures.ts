/** Memory and CPU time of another process, as Linux tells them. */
import { readFileSync, writeFileSync } from 'node:fs';

/** Null where there is no such process, or the system does not tell. */
export function readMemory(pid: number): { readonly presentMb: number; readonly peakMb: number } | null {
  const status = readFile(`/proc/${pid}/status`);
  const megabytesOf = (name: string): number =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / 1024);
  return status === '' ? null : { presentMb: megabytesOf('VmRSS'), peakMb: megabytesOf('VmHWM') };
}

/** The peak is that from now on. */
export function resetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // The peak is that of the whole life then.
  }
}

/** CPU time so far in ms, by the hundredth of a second. */
export function readCpuMs(pid: number): number {
  const [, ...fields] = readFile(`/proc/${pid}/stat`).split(') ');
  const [user, system] = fields.join().split(' ').slice(11, 13);
  return 10 * (Number(user ?? 0) + Number(system ?? 0));
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
