import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDemoConfig } from '../../src/cli/demo/demo.ts';
import { convertMoney } from '../../src/domain/money.ts';
import { createDirectory } from '../config/config-file.ts';
import { runPanelgraph, startPanelgraph } from './run-panelgraph.ts';

const PANELS = [
  { id: 'plus', url: 'http://127.0.0.1:1/api/v2', key: 'a', flavour: 'plus' },
  { id: 'cloud', url: 'http://127.0.0.1:2/api/v2', key: 'b', flavour: 'cloud' },
  { id: 'pica', url: 'http://127.0.0.1:3/api2/v2', key: 'c', flavour: 'pica' },
] as const;

describe('the configuration of the demo', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('speaks to each panel in its dialect', async () => {
    const { panels } = await createDemoConfig(PANELS, { logLevel: 'info' });
    expect(panels.map(({ id, dialect }) => [id, dialect])).toEqual([
      ['plus', 'standard'],
      ['cloud', 'standard'],
      ['pica', 'pica'],
    ]);
  });

  it('compares the prices of all of them', async () => {
    const { currency } = await createDemoConfig(PANELS, { logLevel: 'info' });
    for (const code of ['GBP', 'EUR']) {
      expect(convertMoney({ amount: '1', currency: code }, 'USD', currency)).not.toBeNull();
    }
  });

  it('keeps nothing, unless --store says where', async () => {
    vi.stubEnv('PANELGRAPH_STORE', 'postgres://host/real');
    vi.stubEnv('PANELGRAPH_CACHE_URL', 'redis://host');
    expect(await createDemoConfig(PANELS, { logLevel: 'info' })).toMatchObject({
      store: 'sqlite::memory:',
      cache: { url: 'memory:' },
    });
    const { store } = await createDemoConfig(PANELS, { logLevel: 'info', store: 'sqlite:demo.db' });
    expect(store).toBe(`sqlite:${path.resolve('demo.db')}`);
  });

  it('listens where flag and environment say', async () => {
    vi.stubEnv('PANELGRAPH_PORT', '4001');
    expect((await createDemoConfig(PANELS, { logLevel: 'info' })).server.port).toBe(4001);
    expect((await createDemoConfig(PANELS, { logLevel: 'info', port: '4002' })).server.port).toBe(4002);
    await expect(createDemoConfig(PANELS, { logLevel: 'info', port: 'x' })).rejects.toThrow(/^--port: must be/);
  });
});

describe('panelgraph demo', () => {
  it('lets the scripts of the sites call it that --cors-origin names', async () => {
    const corsOrigin = ['http://localhost:5173', 'http://localhost:3000'];
    const { server } = await createDemoConfig(PANELS, { logLevel: 'info', corsOrigin });
    expect(server.corsOrigins).toEqual(corsOrigin);
    const { code, stderr } = await runPanelgraph(['demo', '--cors-origin', '*']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^--cors-origin: must be one origin/) });
  });

  it('prints a line for the shell that works, and ends by a signal', async () => {
    await using running = startPanelgraph(['demo', '--port', '0', '--log-level', 'error']);
    const printed = await running.untilPrinted("}'\n");
    expect(printed).toContain(
      'This is the demo: its three panels are simulated, and so are their money and their orders.',
    );
    const [, url = '', body = ''] = /^ {2}curl (http:\S+) -H 'content-type: application\/json' -d '(.+)'$/m.exec(
      printed,
    )!;
    expect(printed).toContain(`Panelgraph is ready: ${url}\n`);
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { data, errors } = (await answer.json()) as { data: { panels: { name: string }[] }; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(data.panels.map(({ name }) => name)).toEqual(['plus', 'cloud', 'pica']);
    running.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('stays up where a promise is rejected that nobody watches, and says so in its log', async () => {
    // The process must not end by it, nor be kept alive by its timer.
    const unseen = `const timer = setInterval(() => {
      if (process.listenerCount('unhandledRejection') === 0) return;
      clearInterval(timer);
      Promise.reject(new Error('nobody watches me'));
    }, 20).unref()`;
    await using demo = startPanelgraph(['demo', '--port', '0'], {
      nodeFlags: ['--import', `data:text/javascript,${encodeURIComponent(unseen)}`],
    });
    const url = /Panelgraph is ready: (\S+)\/graphql/.exec(await demo.untilPrinted('Panelgraph is ready'))?.[1];
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    demo.kill('SIGTERM');
    const { code, stderr } = await demo.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('nobody watches me');
  });

  it('is what start runs where there is no configuration, and says that a port is in use', async () => {
    await using directory = await createDirectory();
    await using running = startPanelgraph(['start', '--port', '0', '--log-level', 'error'], { cwd: directory.path });
    const port = /:(\d+)\/graphql/.exec(await running.untilPrinted("}'\n"))![1]!;
    const { code, stdout, stderr } = await runPanelgraph(['demo', '--port', port, '--log-level', 'error']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use: .*--port.*\\.\n$`));
  });
});
