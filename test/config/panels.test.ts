// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are those of the file
import { describe, expect, it } from 'vitest';
import { load, MINIMAL_PANEL, problemsIn, withPanel } from './config-file.ts';

describe('panels', () => {
  it('are required, and at least one', async () => {
    expect(await problemsIn('server:\n')).toEqual(['panels: is missing']);
    expect(await problemsIn('panels:\n')).toEqual(['panels: is missing']);
    expect(await problemsIn('panels: []\n')).toEqual(['panels: must not be empty']);
    expect(await problemsIn('panels: { id: acme }\n')).toEqual(['panels: must be a list']);
  });

  it.each([
    ['smm.plus', 'https://smm.plus/api/v2', 'standard'],
    ['smmcloud.uk', 'https://smmcloud.uk/api/v2', 'standard'],
    ['pica-smm.com', 'https://pica-smm.com/api2/v2', 'pica'],
  ])('take url and dialect from the preset %s', async (preset, url, dialect) => {
    const { panels } = await load(withPanel([`preset: ${preset}`, 'key: abc']));
    expect(panels[0]).toMatchObject({ url, dialect });
    expect(panels[0]).not.toHaveProperty('preset');
  });

  it('say url or dialect themselves beside a preset', async () => {
    const own = ['preset: pica-smm.com', 'url: http://127.0.0.1:5000/api2/v2', 'key: abc'];
    expect((await load(withPanel(own))).panels[0]).toMatchObject({
      url: 'http://127.0.0.1:5000/api2/v2',
      dialect: 'pica',
    });
    const { panels } = await load(withPanel(['preset: pica-smm.com', 'dialect: standard', 'key: abc']));
    expect(panels[0]!.dialect).toBe('standard');
  });

  it('need a url where there is no preset', async () => {
    expect(await problemsIn(withPanel(['key: abc']))).toEqual([
      'panels[0].url: is missing (or name a preset: smm.plus, smmcloud.uk, pica-smm.com)',
    ]);
  });

  it('refuse an unknown preset or dialect', async () => {
    expect(await problemsIn(withPanel(['preset: other', 'key: abc']))).toEqual([
      'panels[0].preset: must be smm.plus or smmcloud.uk or pica-smm.com',
    ]);
    expect(await problemsIn(withPanel([...MINIMAL_PANEL, 'dialect: other']))).toEqual([
      'panels[0].dialect: must be standard or pica or smartpanel',
    ]);
  });

  it.each(['http://127.0.0.1:5000/api/v2', 'http://127.9.9.9/', 'http://localhost:5000/', 'http://[::1]:5000/x'])(
    'may be reached without TLS on loopback: %s',
    async (url) => {
      expect((await load(withPanel([`url: ${url}`, 'key: abc']))).panels[0]!.url).toBe(url);
    },
  );

  it('must be https elsewhere, unless allowInsecure says otherwise', async () => {
    const panel = ['url: http://panel.example/api/v2', 'key: abc'];
    const problem = 'panels[0].url: must be https (set allowInsecure: true to send the key in the clear)';
    expect(await problemsIn(withPanel(panel))).toEqual([problem]);
    expect(await problemsIn(withPanel([...panel, 'allowInsecure: false']))).toEqual([problem]);
    expect((await load(withPanel([...panel, 'allowInsecure: true']))).panels[0]!.allowInsecure).toBe(true);
  });

  it.each(['http://127.0.0.1.example/', 'http://localhost.example/', 'http://0.0.0.0/', 'http://128.0.0.1/'])(
    'are not taken for loopback: %s',
    async (url) => {
      expect(await problemsIn(withPanel([`url: ${url}`, 'key: abc']))).toHaveLength(1);
    },
  );

  it.each(['panel.example/api', 'ftp://panel.example/', 'https:panel.example', '""', '"https://"', 'true'])(
    'refuse what is no https URL: %s',
    async (url) => {
      const problems = await problemsIn(withPanel([`url: ${url}`, 'key: abc']));
      expect(problems).toEqual([expect.stringMatching(/^panels\[0\]\.url: must be (an https URL|text) /)]);
    },
  );

  it('refuse credentials in the url, without repeating them', async () => {
    const problems = await problemsIn(withPanel(['url: https://user:hunter2@panel.example/', 'key: abc']));
    expect(problems).toEqual(['panels[0].url: must not hold a user name or password (the panel knows you by `key`)']);
  });

  it.each(['""', '"   "', '${EMPTY}', '${file:empty.key}'])('refuse an empty key: %s', async (key) => {
    const text = withPanel(['preset: smm.plus', `key: ${key}`]);
    const problems = await problemsIn(text, { env: { EMPTY: '' }, beside: { 'empty.key': '\n' } });
    expect(problems).toEqual(['panels[0].key: must not be empty']);
  });

  it('keep every digit of a key that is written without quotes', async () => {
    const { panels } = await load(withPanel(['preset: smm.plus', 'key: 00123456789012345678901']));
    expect(panels[0]!.key.reveal()).toBe('00123456789012345678901');
  });

  it.each(['a', 'A-b_9', 'x'.repeat(64), '7'])('take the id %s', async (id) => {
    const { panels } = await load(`panels: [{ id: ${id}, preset: smm.plus, key: abc }]`);
    expect(panels[0]!.id).toBe(id);
  });

  it.each(['""', 'a:b', 'a b', 'ä', 'x'.repeat(65)])('refuse the id %s', async (id) => {
    expect(await problemsIn(`panels: [{ id: ${id}, preset: smm.plus, key: abc }]`)).toEqual([
      'panels[0].id: must be 1 to 64 letters, digits, - and _',
    ]);
  });

  it('refuse an id twice, and take a url twice', async () => {
    const panel = (id: string) => `  - { id: ${id}, preset: smm.plus, key: abc }\n`;
    expect(await problemsIn(`panels:\n${panel('a')}${panel('b')}${panel('a')}`)).toEqual([
      'panels[2].id: is the id of panels[0] already (every ID names its panel, so each panel needs its own)',
    ]);
    expect((await load(`panels:\n${panel('a')}${panel('A')}`)).panels).toHaveLength(2);
  });

  it.each(['USD', 'XRP2', 'Credits', 'T'])('take the currency %s', async (currency) => {
    const { panels } = await load(withPanel([...MINIMAL_PANEL, `currency: ${currency}`]));
    expect(panels[0]!.currency).toBe(currency);
  });

  it.each(['usd', 'XXX', '""', 'US Dollar', 'ABCDEFGHIJK'])('refuse the currency %s', async (currency) => {
    const problems = await problemsIn(withPanel([...MINIMAL_PANEL, `currency: ${currency}`]));
    expect(problems).toEqual([expect.stringMatching(/^panels\[0\]\.currency: must /)]);
  });

  it.each([
    ['timeoutMs: 0', 'panels[0].timeoutMs: must be a whole number of milliseconds, 1 to 2147483647'],
    ['deadlineMs: 1.5', 'panels[0].deadlineMs: must be a whole number of milliseconds, 1 to 2147483647'],
    ['requestsPerSecond: 0', 'panels[0].requestsPerSecond: must be a number above 0, up to 10000'],
    ['concurrency: -1', 'panels[0].concurrency: must be a whole number, 1 to 1000'],
    ['batchSize: 101', 'panels[0].batchSize: must be a whole number, 1 to 100'],
    ['breaker: { consecutiveFailures: x }', 'panels[0].breaker.consecutiveFailures: must be a whole number, 1 to 1000'],
    ['breaker: 5', 'panels[0].breaker: must hold settings, as `name: value`'],
    ['userAgent: "a\\nb"', 'panels[0].userAgent: must be 1 to 200 printable ASCII characters'],
    ['allowInsecure: yes', 'panels[0].allowInsecure: must be true or false'],
  ])('refuse %s', async (line, problem) => {
    expect(await problemsIn(withPanel([...MINIMAL_PANEL, line]))).toEqual([problem]);
  });

  it('take a fraction of a call a second', async () => {
    const { panels } = await load(withPanel([...MINIMAL_PANEL, 'addsPerSecond: 0.5']));
    expect(panels[0]!.addsPerSecond).toBe(0.5);
  });

  it.each(['key', 'action', 'service', 'link', 'quantity', 'min', 'old_posts', 'a b', '""'])(
    'refuse the idempotency parameter %s, which would break the order',
    async (name) => {
      expect(await problemsIn(withPanel([...MINIMAL_PANEL, `idempotencyParameter: ${name}`]))).toEqual([
        'panels[0].idempotencyParameter: must be 1 to 64 letters, digits, - and _, and no field of an order (such as request_id)',
      ]);
    },
  );
});
