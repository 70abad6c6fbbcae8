/** Puts load on a server from a process of its own, and counts the panel's calls meanwhile. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Panel, PanelCounts } from './panel-control.ts';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
}

export interface LoadJob {
  readonly origin: string;
  /** Each connection asks some of these, drawn by chance, again and again. */
  readonly requests: readonly LoadRequest[];
  /** A text that every good answer holds. */
  readonly expect: string;
  readonly connections: number;
  readonly warmupSeconds: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface LoadFigures {
  /** Good answers a second. */
  readonly perSecond: number;
  readonly answered: number;
  readonly errors: number;
  readonly firstError?: string;
  /** Latency in ms. */
  readonly p50: number;
  readonly p99: number;
}

export interface LoadResult extends LoadFigures {
  /** What the panel was asked in the seconds that count. */
  readonly panel: PanelCounts;
}

export async function runLoad(job: LoadJob, panel: Panel): Promise<LoadResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load/closed-loop.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(job));
  let figures: LoadFigures | undefined;
  let counts: PanelCounts | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'open') {
      await panel.reset();
    } else {
      figures = JSON.parse(line) as LoadFigures;
      counts = await panel.read();
    }
  }
  if (!figures || !counts) throw new Error('The load process has ended without figures.');
  return { ...figures, panel: counts };
}
