import { describe, expect, it } from 'vitest';
import { parseDemoPanelFlags } from '../../src/demo/demo-panel-command.ts';

describe('the flags of a demo panel', () => {
  it('may all be missing', () => {
    const options = parseDemoPanelFlags({});
    expect(options).toMatchObject({ name: 'demo-plus', flavour: 'plus', currency: 'USD', balance: '100.84292' });
    expect(options.key).toMatch(/^[0-9a-f]{32}$/);
    expect(parseDemoPanelFlags({}).key).not.toBe(options.key);
    expect(Object.keys(options)).toHaveLength(5);
  });

  it('become options', () => {
    const flags = {
      ...{ flavour: 'pica', port: '8080', host: '0.0.0.0', latency: '50', fault: ['html=0.1', 'rate-limit=0.9'] },
      ...{ faultsAfter: true, faultActions: 'add,status', callsPerSecond: '2.5', speed: 10, services: '500' },
      ...{ currency: 'EUR', balance: '12.5', key: 'k', seed: '42' },
    };
    expect(parseDemoPanelFlags(flags)).toEqual({
      ...{ name: 'demo-pica', flavour: 'pica', port: 8080, host: '0.0.0.0', latencyMs: 50 },
      ...{ faults: { html: 0.1, 'rate-limit': 0.9 }, faultsAfter: true, faultActions: ['add', 'status'] },
      ...{ callsPerSecond: 2.5, speed: 10, services: 500, currency: 'EUR', balance: '12.5', key: 'k', seed: 42 },
    });
  });

  it.each([
    ['flavour', 'other', '--flavour: expected one of plus, cloud, pica, got "other"'],
    ['port', '70000', '--port: expected a whole number from 0 to 65535'],
    ['latency', '-1', '--latency: expected a number from 0'],
    ['callsPerSecond', '0', '--calls-per-second: expected a number above 0'],
    ['speed', 'fast', '--speed: '],
    ['services', '0', '--services: '],
    ['seed', '1.5', '--seed: expected a whole number'],
    ['currency', 'euros', '--currency: '],
    ['balance', '1,000', '--balance: '],
    ['key', 'two words', '--key: '],
    ['host', '', '--host: '],
    ['faultsAfter', 'yes', '--faults-after: '],
    ['faultActions', [''], '--fault-actions: '],
    ['faultActions', 'add,buy', '--fault-actions: expected one of services, add'],
    ['fault', ['fire=0.1'], '--fault: expected kind=share with a kind of html, 500'],
    ['fault', ['html=2'], '--fault: expected a number from 0 to 1'],
    ['fault', ['html=0.6', 'null=0.6'], '--fault: expected shares that are together at most 1'],
  ])('name a bad %s: %j', (name, value, message) => {
    expect(() => parseDemoPanelFlags({ [name]: value })).toThrow(message);
  });
});
