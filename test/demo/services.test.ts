import { describe, expect, it } from 'vitest';
import { DEMO_FLAVOURS, demoPanels } from '../../src/demo/demo-panel.ts';
import { SERVICE_TYPES } from '../../src/demo/service-types.ts';
import { startCaller } from './panel-caller.ts';

async function listOf(options: Parameters<typeof startCaller>[0]) {
  await using caller = await startCaller(options);
  return await caller.services();
}

describe('services of a demo panel', () => {
  it('sells 300 services by default, with unique rising ids and printed numbers', async () => {
    const services = await listOf({});
    expect(services).toHaveLength(300);
    const ids = services.map(({ service }) => service);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    for (const { rate, min, max } of services) {
      expect(rate).toMatch(/^\d+\.\d{2,5}$/);
      expect(Number(rate)).toBeGreaterThan(0);
      expect(Number(min)).toBeLessThanOrEqual(Number(max));
    }
  });

  it.each(['plus', 'cloud'] as const)('sells all 17 types as %s, even in a short list', async (flavour) => {
    const services = await listOf({ flavour, services: 17 });
    expect(new Set(services.map(({ type }) => type))).toEqual(new Set(SERVICE_TYPES));
  });

  it('sells five types as pica, from id 1448, without a cancel flag', async () => {
    const services = await listOf({ flavour: 'pica' });
    expect(new Set(services.map(({ type }) => type)).size).toBe(5);
    expect(services[0]!.service).toBe(1448);
    expect(services.some((service) => 'cancel' in service)).toBe(false);
  });

  it('gives the same list for the same seed and another for another', async () => {
    const [first, again, other] = await Promise.all([listOf({ seed: 7 }), listOf({ seed: 7 }), listOf({ seed: 8 })]);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('writes names in several scripts', async () => {
    const lists = await Promise.all(DEMO_FLAVOURS.map((flavour) => listOf({ flavour })));
    const names = lists
      .flat()
      .map(({ name }) => name)
      .join('\n');
    for (const script of ['Latin', 'Arabic', 'Cyrillic', 'Han', 'Extended_Pictographic']) {
      const property = script.startsWith('Extended') ? script : `Script=${script}`;
      expect(names).toMatch(new RegExp(`\\p{${property}}`, 'u'));
    }
  });

  it('offers the same products on several panels at prices of their own', async () => {
    const product = (name: string) =>
      name
        .split(' | ')
        .slice(0, 2)
        .join()
        .replace(/^[^\p{L}]+/u, '');
    const [plus, cloud] = await Promise.all([listOf({ flavour: 'plus' }), listOf({ flavour: 'cloud' })]);
    const rates = new Map(plus.map(({ name, rate }) => [product(name), rate]));
    const shared = cloud.filter(({ name }) => rates.has(product(name)));
    expect(shared.length).toBeGreaterThan(10);
    expect(shared.some(({ name, rate }) => rates.get(product(name)) !== rate)).toBe(true);
  });

  it('makes thousands of services with names of their own server', async () => {
    const services = await listOf({ services: 3000 });
    expect(services).toHaveLength(3000);
  });
});

describe('the panels of the demo', () => {
  it('are one a flavour, with keys that last as long as the process', () => {
    const panels = demoPanels();
    expect(panels.map(({ name, flavour }) => [name, flavour])).toEqual(DEMO_FLAVOURS.map((word) => [word, word]));
    expect(new Set(panels.map(({ currency }) => currency)).size).toBe(3);
    expect(new Set(panels.map(({ key }) => key)).size).toBe(3);
    expect(demoPanels()).toEqual(panels);
  });
});
