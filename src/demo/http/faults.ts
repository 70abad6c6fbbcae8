import { type DemoPanelOptions, FAULT_KINDS, type FaultKind } from '../demo-panel-options.ts';
import { seedOf } from '../panel-state.ts';
import { createChance } from '../simulation/chance.ts';

/** An answer as it goes out; `reset` and `silence` are no answers at all. */
export type Reply = 'reset' | 'silence' | Written;

interface Written {
  status: number;
  type: string;
  body: string;
  headers?: Record<string, string>;
}

/** Creates the draw that says, for each call, which fault it meets if any. The same seed gives the same draws. */
export function createFaults(options: DemoPanelOptions): (action: string) => FaultKind | null {
  const { faults = {}, faultActions } = options;
  const chance = createChance(seedOf(options), 'faults');
  return (action) => {
    if (faultActions !== undefined && !faultActions.includes(action)) return null;
    let share = chance.share();
    for (const kind of FAULT_KINDS) {
      share -= faults[kind] ?? 0;
      if (share < 0) return kind;
    }
    return null;
  };
}

/** An answer in JSON. */
export function jsonReply(value: unknown, status = 200): Written {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

/** The bad answer of a fault; `good` is the answer it spoils, null if the panel has not acted. */
export function faultReply(kind: FaultKind, { good, key }: { good: object | null; key: string }): Reply {
  switch (kind) {
    case 'html':
      return { status: 200, type: 'text/html; charset=utf-8', body: page('Just a moment...') };
    case '500':
      return { status: 500, type: 'text/html; charset=utf-8', body: page('500 Internal Server Error') };
    case 'empty':
      return { status: 200, type: 'application/json', body: '' };
    case 'truncated':
      return { status: 200, type: 'application/json', body: cut(JSON.stringify(good ?? { status: 'success' })) };
    case 'null':
      return jsonReply(null);
    case 'rate-limit':
      return { ...jsonReply({ error: 'Too many requests' }, 429), headers: { 'retry-after': '1' } };
    case 'key-echo':
      return jsonReply({ error: `Something went wrong with key=${key}, please try again later` });
    case 'reset':
    case 'silence':
      return kind;
    default:
      return kind satisfies never;
  }
}

function page(title: string): string {
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
}

/** At least the last character is missing, so what is left is never whole JSON. */
function cut(json: string): string {
  return json.slice(0, Math.max(1, Math.floor(json.length * 0.6)));
}
