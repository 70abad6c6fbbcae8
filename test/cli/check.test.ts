import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DemoPanelOptions, startDemoPanel } from '../../src/demo/demo-panel.ts';
import { createDirectory } from '../config/config-file.ts';
import { type Ended, runPanelgraph } from './run-panelgraph.ts';

const KEY = 'hunter2hunter2';
const PANEL = { name: 'p', flavour: 'plus', key: KEY, currency: 'USD', balance: '12.50', services: 7 } as const;

describe('panelgraph check', () => {
  it('prints a line a panel and succeeds where all work', async () => {
    await using plus = await startDemoPanel(PANEL);
    await using pica = await startDemoPanel({ ...PANEL, flavour: 'pica', currency: 'EUR' });
    const { code, stdout, stderr } = await check([
      { id: 'one', url: plus.url, key: KEY },
      { id: 'another', url: pica.url, key: KEY, dialect: 'pica' },
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^panel {4}host +dialect {3}balance {4}services {2}ms +result$/);
    expect(lines[1]).toMatch(/^one +127\.0\.0\.1:\d+ +standard +12\.50 USD +7 +\d+ +ok$/);
    expect(lines[2]).toMatch(/^another +127\.0\.0\.1:\d+ +pica +12\.50 EUR +7 +\d+ +ok$/);
    expect(lines).toHaveLength(3);
  });

  it('fails where one panel does, and says why', async () => {
    await using panel = await startDemoPanel(PANEL);
    const { code, stdout } = await check([
      { id: 'right', url: panel.url, key: KEY },
      { id: 'wrong', url: panel.url, key: 'hunter2wrong' },
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^right .* ok$/m);
    expect(stdout).toMatch(/^wrong .* - +- +\d+ +INVALID_KEY: .+$/m);
    expect(stdout).not.toContain('hunter2');
  });

  it('never shows a key, not even one that the panel echoes', async () => {
    const options: DemoPanelOptions = { ...PANEL, faults: { 'key-echo': 1 } };
    await using panel = await startDemoPanel(options);
    const { code, stdout, stderr } = await check([{ id: 'echo', url: panel.url, key: KEY }]);
    expect(code).toBe(1);
    expect(stdout + stderr).not.toContain('hunter2');
  });

  it('buys nothing', async () => {
    await using panel = await startDemoPanel(PANEL);
    await check([{ id: 'one', url: panel.url, key: KEY }]);
    expect(panel.calls.map(({ action }) => action).toSorted()).toEqual(['balance', 'services']);
  });
});

async function check(panels: readonly object[]): Promise<Ended> {
  await using directory = await createDirectory();
  const file = path.join(directory.path, 'panelgraph.json');
  await writeFile(file, JSON.stringify({ panels }));
  return await runPanelgraph(['check', '--config', file]);
}
