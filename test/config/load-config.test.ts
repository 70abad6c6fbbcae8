// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are those of the file
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConfig } from '../../src/config/create-config.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { ConfigError } from '../../src/config/problems/config-error.ts';
import { findConfigFile } from '../../src/config/read/find-config-file.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import { createDirectory, load, problemsIn, withPanel, withSettings } from './config-file.ts';

describe('loadConfig', () => {
  it('reads JSON, indented by tabs too', async () => {
    const text = JSON.stringify({ panels: [{ id: 'a', preset: 'smm.plus', key: 'k' }] }, null, '\t');
    expect((await load(text, { name: 'panelgraph.json' })).panels[0]!.id).toBe('a');
  });

  it('tells every problem at once, panel by panel', async () => {
    const text = [
      'panels:',
      '  - { id: "a b", preset: smm.plus, key: "${NOPE}", concurrency: 0 }',
      '  - { id: b, url: "http://panel.example", key: x, timeOutMs: 5 }',
      '  - acme',
      'server: { host: 0.0.0.0, port: x }',
      'tokens: [x]',
    ].join('\n');
    expect((await problemsIn(text)).map((line) => line.split(':')[0])).toEqual([
      'panels[0].key',
      'panels[0].id',
      'panels[0].concurrency',
      'panels[1].timeOutMs',
      'panels[1].url',
      'panels[2]',
      'server.port',
      'server.host',
      'tokens',
    ]);
  });

  it('throws an error of the gateway that holds the problems as data', async () => {
    const error: unknown = await load(withPanel(['url: http://panel.example', 'key: x'])).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems).toEqual([
      {
        path: 'panels[0].url',
        problem: 'must be https',
        hint: 'set allowInsecure: true to send the key in the clear',
      },
    ]);
  });

  it('takes what is left empty as left out', async () => {
    const { server, tracker } = await load(withSettings('server:', 'tracker: { enabled: }'));
    expect(server.port).toBe(4000);
    expect(tracker.enabled).toBe(true);
  });

  it('refuses a file that is missing, and one that is a directory', async () => {
    await using directory = await createDirectory();
    const file = path.join(directory.path, 'nothing.yaml');
    await expect(loadConfig({ file, env: {} })).rejects.toThrow(`${file}: cannot be read (there is no such file)`);
    await expect(loadConfig({ file: directory.path, env: {} })).rejects.toThrow(
      `${directory.path}: cannot be read (it is a directory)`,
    );
  });
});

describe('references', () => {
  it('bring a variable, also within a text, and what they bring is taken as it is', async () => {
    const env = { HOST: 'panel.example', KEY: '${HOST}$&' };
    const { panels } = await load(withPanel(['url: https://${HOST}/${HOST}/v2', 'key: ${KEY}']), { env });
    expect(panels[0]!.url).toBe('https://panel.example/panel.example/v2');
    expect(panels[0]!.key.reveal()).toBe('${HOST}$&');
  });

  it('bring a file without the newline at its end, from where the configuration is', async () => {
    const text = withPanel(['preset: smm.plus', 'key: ${file:acme.key}']);
    for (const ending of ['', '\n', '\r\n']) {
      const { panels } = await load(text, { beside: { 'acme.key': ` k ${ending}` } });
      expect(panels[0]!.key.reveal()).toBe(' k ');
    }
  });

  it('are a problem where they are missing, and no second one', async () => {
    const text = withPanel(['preset: smm.plus', 'key: ${NOPE}', 'currency: ${file:/no/such}', 'timeoutMs: ${a-b}']);
    expect(await problemsIn(text)).toEqual([
      'panels[0].key: the environment variable NOPE is not set (export NOPE=...)',
      'panels[0].timeoutMs: has a reference that cannot be read (write ${NAME} or ${file:PATH})',
      'panels[0].currency: the file /no/such cannot be read (there is no such file)',
    ]);
  });

  it('never read what an object merely inherits', async () => {
    expect(await problemsIn(withPanel(['preset: smm.plus', 'key: ${toString}']))).toHaveLength(1);
  });

  it('give numbers and booleans as texts', async () => {
    const env = { PORT: '4001', OFF: 'false', ON: 'true', RATE: '1.10', EACH: '0.5' };
    const config = await load(
      withPanel(
        ['url: http://panel.example', 'key: x', 'allowInsecure: ${ON}', 'requestsPerSecond: ${EACH}'],
        [
          'server: { port: "${PORT}", graphiql: "${OFF}" }',
          'tracker: { enabled: "${OFF}" }',
          'currency: { rates: { EUR: "${RATE}" } }',
        ],
      ),
      { env },
    );
    expect(config.server).toMatchObject({ port: 4001, graphiql: false });
    expect(config.tracker.enabled).toBe(false);
    expect(config.currency.rates).toEqual({ EUR: '1.10' });
    expect(config.panels[0]).toMatchObject({ allowInsecure: true, requestsPerSecond: 0.5 });
  });
});

describe('flags and variables', () => {
  const text = withSettings(
    'server: { host: localhost, port: 1 }',
    'store: sqlite:/file.db',
    'cache: { url: "redis://file" }',
  );
  const env = {
    PANELGRAPH_HOST: '127.0.0.2',
    PANELGRAPH_PORT: '2',
    PANELGRAPH_STORE: 'sqlite:/env.db',
    PANELGRAPH_CACHE_URL: 'redis://env',
  };

  it('win over the file: first the flag, then the variable', async () => {
    const fromFile = await load(text);
    expect([fromFile.server.host, fromFile.server.port]).toEqual(['localhost', 1]);
    const fromEnv = await load(text, { env });
    expect(fromEnv).toMatchObject({
      server: { host: '127.0.0.2', port: 2 },
      store: 'sqlite:/env.db',
      cache: { url: 'redis://env' },
    });
    const flags = { host: '::1', port: '3', store: 'sqlite:/flag.db', cacheUrl: 'memory:' };
    expect(await load(text, { env, flags })).toMatchObject({
      server: { host: '::1', port: 3 },
      store: 'sqlite:/flag.db',
      cache: { url: 'memory:' },
    });
  });

  it('count as unset where a variable is empty', async () => {
    expect((await load(text, { env: { PANELGRAPH_PORT: '' } })).server.port).toBe(1);
  });

  it('are named in their problems', async () => {
    expect(await problemsIn(text, { env: { PANELGRAPH_PORT: 'x' } })).toEqual([
      'PANELGRAPH_PORT: must be a whole number, 0 to 65535',
    ]);
    expect(await problemsIn(text, { flags: { host: '0.0.0.0' } })).toEqual([
      expect.stringMatching(/^--host: must be loopback/),
    ]);
  });

  it('make what the file says in their place unneeded', async () => {
    const broken = withSettings('store: "${NOPE}"');
    expect((await load(broken, { flags: { store: 'sqlite::memory:' } })).store).toBe('sqlite::memory:');
  });

  it('take a path from the working directory, and as it is', async () => {
    const { store } = await load(text, { flags: { store: 'sqlite:${X}.db' } });
    expect(store).toBe(`sqlite:${path.resolve('${X}.db')}`);
  });
});

describe('findConfigFile', () => {
  it('takes the flag, then the variable, then a file of a known name', async () => {
    await using directory = await createDirectory();
    const at = (name: string) => path.join(directory.path, name);
    const options = { directory: directory.path, env: {} };
    expect(findConfigFile(options)).toBeUndefined();
    for (const name of ['panelgraph.json', 'panelgraph.yml', 'panelgraph.yaml']) {
      await writeFile(at(name), '');
      expect(findConfigFile(options)).toBe(at(name));
    }
    const env = { PANELGRAPH_CONFIG: 'env.yaml' };
    expect(findConfigFile({ ...options, env })).toBe(at('env.yaml'));
    expect(findConfigFile({ ...options, env, flag: 'flag.yaml' })).toBe(at('flag.yaml'));
    expect(findConfigFile({ ...options, env: { PANELGRAPH_CONFIG: '' } })).toBe(at('panelgraph.yaml'));
  });
});

describe('createConfig', () => {
  it('fills in the defaults of settings that are no file', () => {
    const config = createConfig({ panels: [{ id: 'a', url: 'http://127.0.0.1:1/api/v2', key: 'k' }] });
    expect(config).toMatchObject({ panels: [{ timeoutMs: 15_000, dialect: 'standard' }], server: { port: 4000 } });
  });

  it('refuses what a file may not say either', () => {
    expect(() => createConfig({ panels: [{ id: 'a', url: 'http://panel.example', key: 'k' }] })).toThrow(ConfigError);
  });
});
