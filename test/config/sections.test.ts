import { describe, expect, it } from 'vitest';
import { load, problemsIn, withSettings } from './config-file.ts';

describe('server', () => {
  it.each(['127.0.0.1', '127.1.2.3', 'localhost', '"::1"'])('listens on %s, with GraphiQL', async (host) => {
    const { server } = await load(withSettings('server:', `  host: ${host}`));
    expect(server).toMatchObject({ host: host.replaceAll('"', ''), graphiql: true });
  });

  it.each(['0.0.0.0', '"::"', '192.168.1.2', 'gateway.example', '127.0.0.1.example'])(
    'does not listen on %s, which is open to others',
    async (host) => {
      expect(await problemsIn(withSettings('server:', `  host: ${host}`))).toEqual([
        'server.host: must be loopback: anything else needs tokens, which this version does not have yet (listen on 127.0.0.1: whoever can reach the gateway can spend)',
      ]);
    },
  );

  it('switches GraphiQL off where it is told to', async () => {
    expect((await load(withSettings('server: { graphiql: false }'))).server.graphiql).toBe(false);
  });

  it('takes origins without a path, and never all of them', async () => {
    const { server } = await load(withSettings('server: { corsOrigins: ["https://app.example"] }'));
    expect(server.corsOrigins).toEqual(['https://app.example']);
    for (const origin of ['*', 'https://app.example/', 'app.example']) {
      expect(await problemsIn(withSettings(`server: { corsOrigins: ["${origin}"] }`))).toEqual([
        'server.corsOrigins[0]: must be one origin (such as https://app.example, without a path; * is not allowed)',
      ]);
    }
  });

  it('takes names of hosts without a port', async () => {
    const { server } = await load(withSettings('server: { allowedHosts: [gateway.example] }'));
    expect(server.allowedHosts).toEqual(['gateway.example']);
    expect(await problemsIn(withSettings('server: { allowedHosts: ["gateway.example:4000"] }'))).toEqual([
      'server.allowedHosts[0]: must be a host name (without a port)',
    ]);
  });

  it.each(['-1', '65536', '4000.5', 'http', '0x10'])('refuses the port %s', async (port) => {
    expect(await problemsIn(withSettings(`server: { port: ${port} }`))).toEqual([
      'server.port: must be a whole number, 0 to 65535',
    ]);
  });
});

describe('store and cache', () => {
  it.each(['sqlite::memory:', 'postgres://user:password@host/database', 'postgresql://host/database'])(
    'take %s as it is',
    async (store) => {
      expect((await load(withSettings(`store: "${store}"`))).store).toBe(store);
    },
  );

  it('take the path of a file from where the configuration is', async () => {
    expect((await load(withSettings())).store).toMatch(/^sqlite:\/.*\/panelgraph-config-\w+\/panelgraph\.db$/);
    expect((await load(withSettings('store: sqlite:../x.db'))).store).toMatch(
      /^sqlite:(?!.*panelgraph-config-)\/.*x\.db$/,
    );
    expect((await load(withSettings('store: sqlite:/var/lib/x.db'))).store).toBe('sqlite:/var/lib/x.db');
    expect((await load(withSettings('store: sqlite:///var/lib/x.db'))).store).toBe('sqlite:/var/lib/x.db');
  });

  it.each(['panelgraph.db', '"sqlite:"', 'mysql://u:hunter2@host/x', 'sqlite://x.db'])('refuse %s', async (store) => {
    expect(await problemsIn(withSettings(`store: ${store}`))).toEqual([
      'store: must be sqlite:PATH or a postgres:// URL (such as sqlite:./panelgraph.db)',
    ]);
  });

  it('take memory or Redis', async () => {
    expect((await load(withSettings('cache: { url: "redis://host:6379" }'))).cache.url).toBe('redis://host:6379');
    expect(await problemsIn(withSettings('cache: { url: "memcached://host" }'))).toEqual([
      'cache.url: must be memory: or a redis:// URL (such as redis://127.0.0.1:6379)',
    ]);
  });
});

describe('tracker', () => {
  it('does not age faster than it starts', async () => {
    expect(await problemsIn(withSettings('tracker: { minIntervalMs: 2000, maxIntervalMs: 1000 }'))).toEqual([
      'tracker.maxIntervalMs: must not be below minIntervalMs',
    ]);
    expect(await problemsIn(withSettings('tracker: { minIntervalMs: 2000, maxIntervalMs: 2000 }'))).toEqual([]);
  });
});

describe('currency', () => {
  it('keeps the text of a rate, in quotes or without', async () => {
    const { currency } = await load(withSettings('currency: { rates: { EUR: "1.10", GBP: 1.270, JPY: 6.5e-3 } }'));
    expect(currency.rates).toEqual({ EUR: '1.10', GBP: '1.270', JPY: '0.0065' });
  });

  it.each(['0', '-1', '"1,5"', 'abc', '[1]', 'true'])('refuses the rate %s', async (rate) => {
    expect(await problemsIn(withSettings(`currency: { rates: { EUR: ${rate} } }`))).toEqual([
      'currency.rates.EUR: must be a decimal number above 0 (such as "1.10")',
    ]);
  });

  it('refuses a currency that cannot be one', async () => {
    expect(await problemsIn(withSettings('currency: { rates: { eur: 1.1, XXX: 1, "U S": 1 } }'))).toEqual([
      'currency.rates.eur: must be upper case (as in ISO 4217, such as USD)',
      'currency.rates.XXX: must name a currency (XXX stands for an unknown one)',
      'currency.rates["U S"]: must be a currency of 1 to 10 letters and digits (such as USD)',
    ]);
  });

  it('refuses a rate of the base currency but 1', async () => {
    expect(await problemsIn(withSettings('currency: { base: EUR, rates: { EUR: 1.1, USD: 0.9 } }'))).toHaveLength(1);
    expect(await problemsIn(withSettings('currency: { base: EUR, rates: { EUR: 1, USD: 0.9 } }'))).toEqual([]);
  });
});

describe('tokens', () => {
  it.each(['tokens:', 'tokens: []'])('may be none: %s', async (line) => {
    expect(await load(withSettings(line))).not.toHaveProperty('tokens');
  });

  it.each(['tokens: [{ name: shop, token: hunter2 }]', 'tokens: hunter2', 'tokens: { a: b }'])(
    'are refused, never ignored: %s',
    async (line) => {
      expect(await problemsIn(withSettings(line))).toEqual([
        'tokens: access tokens are not available in this version (remove them: the gateway listens on loopback only, and is open there)',
      ]);
    },
  );
});

describe('an unknown setting', () => {
  it.each([
    ['serber: {}', 'serber: is not a setting (did you mean `server`?)'],
    ['server: { prot: 1 }', 'server.prot: is not a setting (did you mean `port`?)'],
    ['limits: { body_bytes: 1 }', 'limits.body_bytes: is not a setting (did you mean `bodyBytes`?)'],
    ['cache: { zebra: 1 }', 'cache.zebra: is not a setting (known here: url, servicesTtlMs, servicesStaleForMs)'],
  ])('is a problem with a hint: %s', async (line, problem) => {
    expect(await problemsIn(withSettings(line))).toEqual([problem]);
  });

  it('is found in a panel', async () => {
    expect(await problemsIn('panels: [{ id: a, preset: smm.plus, key: x, timeout: 5 }]')).toEqual([
      'panels[0].timeout: is not a setting (did you mean `timeoutMs`?)',
    ]);
  });
});
