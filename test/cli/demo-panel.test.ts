import { describe, expect, it } from 'vitest';
import { runPanelgraph, startPanelgraph } from './run-panelgraph.ts';

describe('panelgraph demo-panel', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints url and key, answers, and ends by %s', async (signal) => {
    await using running = startPanelgraph(['demo-panel', '--key', 'secret', '--balance', '3']);
    const printed = await running.untilPrinted('key: secret');
    const url = /http:\S+/.exec(printed)![0];
    const answer = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ key: 'secret', action: 'balance' }),
    });
    expect(await answer.json()).toMatchObject({ currency: 'USD' });
    running.kill(signal);
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' });
  });

  // Again where the process was so quick to end that the second signal met it without its listeners.
  it('ends well where npm passes the signal of the terminal on, so that it comes twice', { retry: 3 }, async () => {
    await using running = startPanelgraph(['demo-panel']);
    await running.untilPrinted('key: ');
    running.kill('SIGINT');
    running.kill('SIGINT');
    expect(await running.ended).toMatchObject({ code: 0 });
  });

  it('says what is wrong with a flag', async () => {
    const { code, stderr } = await runPanelgraph(['demo-panel', '--flavour', 'sweet']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: '--flavour: expected one of plus, cloud, pica, got "sweet"\n',
    });
  });

  it('says that a port is in use', async () => {
    await using running = startPanelgraph(['demo-panel']);
    const port = /:(\d+)\//.exec(await running.untilPrinted('key: '))![1]!;
    const { code, stderr } = await runPanelgraph(['demo-panel', '--port', port]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: `Port ${port} is in use: choose another one with --port.\n` });
  });
});
