/** Puts load on a server from a process of its own, and counts the panel's calls meanwhile. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { readCpuMs } from './cpu-time.ts';
import type { Panel, PanelCounts } from './panel-control.ts';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  /** Default JSON. */
  readonly contentType?: string;
}

export interface LoadJob {
  readonly origin: string;
  readonly requests: readonly LoadRequest[];
  /** What a connection asks again and again: some of `requests` drawn by chance, or its own equal share of them. */
  readonly draw: 'by-chance' | 'own-share';
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
  /** What the server used of the processors in them, in ms. */
  readonly cpuMs: number;
}

export async function runLoad(job: LoadJob, { panel, pid }: { panel: Panel; pid: number }): Promise<LoadResult> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load/closed-loop.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(job));
  let figures: LoadFigures | undefined;
  let counts: PanelCounts | undefined;
  let cpuMs = Number.NaN;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'open') {
      cpuMs = -(await readCpuMs(pid));
      await panel.reset();
    } else {
      cpuMs += await readCpuMs(pid);
      figures = JSON.parse(line) as LoadFigures;
      counts = await panel.read();
    }
  }
  if (!figures || !counts) throw new Error('The load process has ended without figures.');
  return { ...figures, panel: counts, cpuMs };
}

/** One answer as text. */
export async function fetchAnswer(server: { readonly url: string }, request: LoadRequest): Promise<string> {
  const response = await fetch(new URL(request.path, server.url), {
    method: request.method,
    ...(request.body ? { body: request.body, headers: { 'content-type': request.contentType ?? JSON_TYPE } } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request.path} has answered ${response.status}: ${text}`);
  return text;
}

const JSON_TYPE = 'application/json';

/** Asked in turn, one at a time: a request of the first, one of the second, and so on. */
export interface TurnsJob {
  readonly targets: readonly {
    readonly origin: string;
    readonly requests: readonly LoadRequest[];
    /** A text that every good answer holds. */
    readonly expect: string;
  }[];
  /** Rounds that do not count. */
  readonly warmup: number;
}

export interface TurnsFigures {
  /** Latency in ms. */
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
  readonly firstError?: string;
}

/** Figures of each target, in order. */
export async function takeTurns(job: TurnsJob): Promise<TurnsFigures[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load/in-turn.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(job));
  return JSON.parse(await text(child.stdout)) as TurnsFigures[];
}

/** Each request opens a connection of its own, which stays open. */
export interface HoldJob {
  readonly origin: string;
  readonly requests: readonly LoadRequest[];
  readonly accept: string;
  /** What an answer must hold before the connection counts as held. */
  readonly expect: string;
}

/** Resolves when all are held; they are let go when the result is disposed of. */
export async function holdConnections(job: HoldJob): Promise<AsyncDisposable> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'load/hold-connections.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  child.stdin.write(`${JSON.stringify(job)}\n`);
  const held = once(createInterface({ input: child.stdout }), 'line').then(() => true);
  if ((await Promise.race([held, gone.then(() => false)])) !== true) throw new Error('The connections were not held.');
  return {
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
