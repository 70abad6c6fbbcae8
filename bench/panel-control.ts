/** The panel for measuring, in a process of its own. */
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';

export interface PanelSettings {
  readonly latencyMs: number;
  /** Calls that it lets pass in any one second. Default any. */
  readonly callsPerSecond?: number;
  /** How it refuses: HTTP 429 with Retry-After, or the usual text with HTTP 200. Default 429. */
  readonly refuseWith?: '429' | 'text';
  /** Services that it sells. Default 50. */
  readonly services?: number;
}

export interface PanelCounts {
  /** Calls by action; `refused` are those over the limit. */
  readonly counts: Readonly<Record<string, number>>;
  /** Ids asked for in all calls of `status`. */
  readonly lookedUp: number;
}

export interface Panel extends AsyncDisposable {
  readonly url: string;
  reset(): Promise<void>;
  read(): Promise<PanelCounts>;
}

export async function startPanel(settings: PanelSettings): Promise<Panel> {
  const child: Child = await startChild({
    name: 'panel',
    args: [join(import.meta.dirname, 'panel.ts')],
    env: {
      LATENCY_MS: String(settings.latencyMs),
      CALLS_PER_SECOND: String(settings.callsPerSecond ?? 0),
      REFUSE_WITH: settings.refuseWith ?? '429',
      SERVICES: String(settings.services ?? 50),
    },
    readyPattern: /^listening (\d+)/,
  });
  const origin = `http://127.0.0.1:${child.ready}`;
  return {
    url: `${origin}/api/v2`,
    reset: async () => void (await (await fetch(`${origin}/reset`, { method: 'POST' })).text()),
    read: async () => (await (await fetch(`${origin}/stats`)).json()) as PanelCounts,
    [Symbol.asyncDispose]: () => child.stop(),
  };
}
