import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createEvents } from '../../src/telemetry/events.ts';
import { createLog, type LogLevel } from '../../src/telemetry/log.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';

function capture(level: LogLevel, pretty = false) {
  const lines: string[] = [];
  return { lines, log: createLog({ level, pretty, write: (line) => lines.push(line) }) };
}

describe('the log', () => {
  it('writes a line of JSON with the time and the name of the level', () => {
    const { log, lines } = capture('info');
    log.info({ panel: 'acme' }, 'hello');
    expect(JSON.parse(lines[0]!)).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      panel: 'acme',
      msg: 'hello',
    });
  });

  it.each([
    { key: 'hunter2' },
    { token: 'hunter2' },
    { authorization: 'hunter2' },
    { panel: { key: 'hunter2' } },
    { headers: { authorization: 'Bearer hunter2' } },
    { request: { headers: { authorization: 'hunter2' } } },
  ])('hides the secret of %o', (fields) => {
    const { log, lines } = capture('info');
    log.info(fields, 'hello');
    expect(lines[0]).toContain('[secret]');
    expect(lines[0]).not.toContain('hunter2');
  });

  it('writes for people too, and lets nothing steer their terminal', () => {
    const { log, lines } = capture('info', true);
    log.warn({ panel: 'acme', ms: 12 }, 'a panel says \u001b[31mred\u001b[0m');
    log.error({ err: new Error('broken') }, 'oh');
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d WARN {2}a panel says red panel="acme" ms=12\n$/);
    expect(lines[1]).toMatch(/ERROR oh\nError: broken\n +at /);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a log on a full disk', () => {
  it('ends no process: what holds orders goes on', () => {
    const log = import.meta.resolve('../../src/telemetry/log.ts');
    const script = `const { createLog } = await import(${JSON.stringify(log)});
      const log = createLog({ level: 'info' });
      for (let line = 0; line < 3; line += 1) { log.info('lost'); await new Promise(setImmediate); }
      console.log('alive');`;
    const full = openSync('/dev/full', 'w');
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', full],
    });
    closeSync(full);
    expect([stdout.toString(), status]).toEqual(['alive\n', 0]);
  });
});

describe('an event', () => {
  it('is a log line and a metric', async () => {
    const { log, lines } = capture('debug');
    const metrics = createMetrics();
    const events = createEvents({ log, metrics });
    events.panelCallEnded({ panel: 'acme', action: 'status', ms: 12.3, code: null });
    events.panelCallEnded({ panel: 'acme', action: 'add', ms: 60_000, code: 'PANEL_TIMEOUT' });
    // A call to a panel is told of when who waited for it goes on.
    expect(lines).toEqual([]);
    await new Promise(setImmediate);
    events.requestEnded({ method: 'POST', path: '/graphql', status: 200, ms: 3 });
    events.unexpectedError('field x', new Error('broken', { cause: new Error('deeper') }));
    const text = await metrics.registry.metrics();
    expect(text).toContain('panelgraph_panel_calls_total{panel="acme",action="status",outcome="ok"} 1');
    expect(text).toContain('panelgraph_panel_calls_total{panel="acme",action="add",outcome="PANEL_TIMEOUT"} 1');
    expect(text).toContain('panelgraph_panel_call_seconds_bucket{le="0.025",panel="acme",action="status"} 1');
    expect(text).toContain('panelgraph_http_requests_total{path="/graphql",status="200"} 1');
    expect(text).toContain('panelgraph_unexpected_errors_total 1');
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(['debug', 'info', 'debug', 'error']);
    expect(lines[3]).toContain('deeper');
  });

  it('logs a word that is not known once, and counts it each time', async () => {
    const { log, lines } = capture('info');
    const metrics = createMetrics();
    const events = createEvents({ log, metrics });
    for (const word of ['Paused', 'Paused', 'Frozen']) events.unknownStatusWord({ panel: 'acme', word });
    expect(lines.map((line) => JSON.parse(line).word)).toEqual(['Paused', 'Frozen']);
    expect(await metrics.registry.metrics()).toContain('panelgraph_unknown_status_words_total{panel="acme"} 3');
  });

  it('logs a refusal in words that are not known once, cut, and counts it each time', async () => {
    const { log, lines } = capture('info');
    const metrics = createMetrics();
    const events = createEvents({ log, metrics });
    const phrases = [
      'Sin cupo',
      'Sin cupo',
      'x'.repeat(5000),
      ...Array.from({ length: 2000 }, (_, index) => `No ${index}`),
    ];
    for (const phrase of phrases) events.unknownRefusalPhrase({ panel: 'acme', phrase });
    const logged = lines.map((line) => JSON.parse(line).phrase);
    expect(logged.slice(0, 3)).toEqual(['Sin cupo', 'x'.repeat(100), 'No 0']);
    expect(logged).toHaveLength(1000);
    expect(await metrics.registry.metrics()).toContain('panelgraph_unknown_refusal_phrases_total{panel="acme"} 2003');
  });

  it('needs no metrics', () => {
    const { log, lines } = capture('info');
    createEvents({ log }).requestEnded({ method: 'GET', path: '/graphql', status: 200, ms: 1 });
    expect(lines).toEqual([]);
  });

  it('registers its metrics apart from those of another gateway in the process', async () => {
    const [one, other] = [createMetrics(), createMetrics()];
    one.unexpectedError();
    expect(await other.registry.metrics()).toContain('panelgraph_unexpected_errors_total 0');
  });
});
