/** Panels repeat some texts in most of their services. Keeping each text once takes a fraction of the memory. */
import type { Service } from '../../domain/service.ts';
import { turns } from '../../domain/time/turn-taking.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const REPEATED = ['category', 'typeText', 'rate', 'averageTime', 'description'] as const;
/** So many services between two turns of the loop. */
const STEPS = 500;

/** Replaces equal texts by one text, in turns of the loop. The list must not be in use yet. */
export async function shareTexts(services: readonly Writable<Service>[]): Promise<void> {
  const texts = new Map<string, string>();
  const shared = (text: string): string => {
    const first = texts.get(text);
    if (first === undefined) texts.set(text, text);
    return first ?? text;
  };
  for (const [position, service] of services.entries()) {
    if (position % STEPS === 0) await turns.take();
    service.panel = shared(service.panel);
    for (const name of REPEATED) {
      const text = service[name];
      if (text !== null) service[name] = shared(text);
    }
  }
}
