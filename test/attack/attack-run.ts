/** Runs attacks one after the other, and measures what each does to the gateway. */
import { pause } from '../../src/domain/time/pause.ts';
import { type AttackCase, findFault } from './attack-case.ts';
import { readCpuMs, readMemory, resetPeak } from './stand/process-figures.ts';
import type { Answer } from './stand/send.ts';
import type { Stand } from './stand/stand.ts';

export interface AttackFigures {
  readonly name: string;
  readonly statuses: readonly (number | null)[];
  readonly codes: readonly string[];
  /** Of all answers together. */
  readonly answerBytes: number;
  readonly ms: number;
  readonly cpuMs: number;
  /** The longest wait of anyone else; null where nobody was answered any more. */
  readonly longestWaitMs: number | null;
  /** The peak above what the process held before; null where the system does not tell. */
  readonly grownMb: number | null;
  readonly panelCalls: number;
  readonly isAlive: boolean;
  /** What was not as expected: the answer, or an unexpected error in the log. */
  readonly fault: string | null;
}

/** What a case sets off may go on for a moment after its answer. */
const AFTERMATH_MS = 30;

/** Leaves a gateway that is fit for the next one. */
export async function runAttack(stand: Stand, attack: AttackCase): Promise<AttackFigures> {
  const { gateway, health, panels, patienceMs } = stand;
  await health.reset(patienceMs);
  gateway.takeLogged();
  resetPeak(gateway.pid);
  const before = { memory: readMemory(gateway.pid), cpuMs: readCpuMs(gateway.pid), calls: panels.calls };
  const startedAt = performance.now();
  const sent = await attack.send(stand);
  const answers: readonly Answer[] = Array.isArray(sent) ? sent : [sent];
  const ms = performance.now() - startedAt;
  await pause(AFTERMATH_MS);
  const longestWaitMs = gateway.isAlive ? await health.longestMs(patienceMs) : null;
  const memory = readMemory(gateway.pid);
  const cpuMs = readCpuMs(gateway.pid) - before.cpuMs;
  const { isAlive } = gateway;
  const logged = gateway.takeLogged();
  if (longestWaitMs === null) await stand.restart();
  panels.disarm();
  return {
    name: attack.name,
    statuses: [...new Set(answers.map(({ status }) => status))],
    codes: [...new Set(answers.flatMap(({ codes }) => [...codes]))],
    answerBytes: answers.reduce((sum, { bytes }) => sum + bytes, 0),
    ms,
    cpuMs: Math.max(0, cpuMs),
    longestWaitMs,
    grownMb: memory && before.memory && memory.peakMb - before.memory.presentMb,
    panelCalls: panels.calls - before.calls,
    isAlive,
    fault: isAlive
      ? (findFault(answers, attack.expected) ?? findLogged(logged))
      : `the process ended: ${lastOf(logged)}`,
  };
}

/** The gateway promises 50 ms; beside other programs, on two cores, everything takes longer. */
const LONGEST_WAIT_MS = 1_000;
const MOST_MB = 300;
/** `limits.panelCalls` of the configuration, which are for one request. */
const MOST_PANEL_CALLS = 200;

/** What went beyond the bounds that hold on any machine. */
export function findExcess(figures: AttackFigures, { mostPanelCalls = MOST_PANEL_CALLS }: AttackCase): string | null {
  const { longestWaitMs, grownMb, panelCalls } = figures;
  if (longestWaitMs === null || longestWaitMs >= LONGEST_WAIT_MS)
    return `others waited ${longestWaitMs ?? 'in vain'} ms`;
  // Linux alone tells the memory of another process.
  if ((grownMb ?? 0) >= MOST_MB) return `it took ${grownMb} MB`;
  return panelCalls > mostPanelCalls ? `it caused ${panelCalls} panel calls` : null;
}

const findLogged = (lines: readonly string[]): string | null => {
  const line = lines.find((each) => /unexpected|Unexpected/.test(each));
  return line === undefined ? null : `logged ${line.slice(0, 300)}`;
};

const lastOf = (lines: readonly string[]): string =>
  lines.find((line) => line.includes('FATAL')) ?? lines.at(-1)?.slice(0, 200) ?? '';
