import { readFile } from 'node:fs/promises';

/** Ticks of the clock that Linux counts in: 100 a second on all that Node runs on. */
const MS_A_TICK = 10;

/** What a process has used of the processors so far, in ms; NaN where the system does not tell (it is not Linux). */
export async function readCpuMs(pid: number): Promise<number> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; user and system time are the 12th and 13th behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_A_TICK;
  } catch {
    return Number.NaN;
  }
}
