import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createServedFile } from '../../../src/server/http/served-file.ts';
import { download, send, startToyServer } from '../toy-server.ts';

const HTML = { accept: 'text/html' };

/** The addresses of the scripts, styles, icon and workers that the page names. */
async function assetsOf(graphqlUrl: string): Promise<string[]> {
  const { text } = await send(graphqlUrl, { headers: HTML });
  return [...new Set(text.match(/\/graphiql\/[0-9a-f]{16}\/[a-z]{1,20}\.[a-z]{1,5}/g) ?? [])];
}

describe('the page of GraphiQL', () => {
  it('is small, and is sent again only where it has changed', async () => {
    const names = ['First', 'First', 'Second'];
    const { graphqlUrl } = await startToyServer({
      graphiqlExamples: () => [{ query: `query ${names.shift()} { hello }` }],
    });
    const first = await send(graphqlUrl, { headers: HTML });
    expect(first.text.length).toBeLessThan(3000);
    expect(first.headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'Accept-Encoding, Accept' });
    const headers = { ...HTML, 'if-none-match': `"x", ${first.headers['etag']}` };
    const same = await send(graphqlUrl, { headers });
    expect(same).toMatchObject({ status: 304, text: '', headers: { etag: first.headers['etag'] } });
    expect(await send(graphqlUrl, { headers })).toMatchObject({ status: 200, text: expect.stringContaining('Second') });
  });

  it('allows no inline script and no other host', async () => {
    const { graphqlUrl } = await startToyServer();
    const { headers, text } = await send(graphqlUrl, { headers: HTML });
    const policy = headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self'; worker-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|blob:|https?:|\*/);
    expect(text.match(/<script(?! type="application\/json"| defer src="\/graphiql\/)/g)).toBeNull();
    expect(text).not.toMatch(/https?:\/\//);
  });

  it('cannot be left by the text of an example', async () => {
    const query = 'query Out { hello(name: "</script><script>alert(1)</script><!--") }';
    const { graphqlUrl } = await startToyServer({ graphiqlExamples: [{ query }] });
    const { text } = await send(graphqlUrl, { headers: HTML });
    expect(text).not.toContain('<script>alert');
    const json = /<script type="application\/json" id="options">([^<]{1,2000})<\/script>/.exec(text)![1]!;
    expect(JSON.parse(json).options.defaultTabs).toEqual([{ query, variables: null }]);
  });
});

describe('an asset of GraphiQL', () => {
  it('may be kept for ever, and is the same in every encoding', async () => {
    const { url, graphqlUrl } = await startToyServer();
    const paths = await assetsOf(graphqlUrl);
    expect(paths).toHaveLength(7);
    for (const path of paths) {
      const plain = await download(url + path);
      expect(plain.headers).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-length': String(plain.bytes.length),
        vary: 'Accept-Encoding',
      });
      expect(plain.headers['content-encoding']).toBeUndefined();
      const gzipped = await download(url + path, { 'accept-encoding': 'deflate, GZIP;q=0.5, br;q=0' });
      expect(gzipped.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(gzipped.bytes).equals(plain.bytes)).toBe(true);
      const brotli = await download(url + path, { 'accept-encoding': 'gzip, deflate, br, zstd' });
      expect(brotli.headers['content-encoding']).toBe('br');
      expect(brotliDecompressSync(brotli.bytes).equals(plain.bytes)).toBe(true);
    }
  });

  it('has types that browsers run', async () => {
    const { url, graphqlUrl } = await startToyServer();
    const types: Record<string, string> = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
    for (const path of await assetsOf(graphqlUrl)) {
      const { headers, text } = await send(url + path, { method: 'HEAD' });
      expect(headers['content-type']).toContain(types[path.split('.').at(-1)!]);
      expect(text).toBe('');
    }
  });

  it('is not there at another address, for another method, for a foreign host, or where GraphiQL is off', async () => {
    const { url, graphqlUrl } = await startToyServer();
    const [path = ''] = await assetsOf(graphqlUrl);
    expect((await send(url + path.replace(/[0-9a-f]{16}/, '0123456789abcdef'))).status).toBe(404);
    expect((await send(`${url}/graphiql/`)).status).toBe(404);
    expect((await send(url + path, { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await send(url + path, { headers: { host: 'evil.example' } })).status).toBe(403);
    const off = await startToyServer({ server: { graphiql: false } });
    expect((await send(off.url + path)).status).toBe(404);
  });

  it('is compressed once for each encoding', async () => {
    const file = createServedFile({ type: 'text/plain', text: 'again '.repeat(100) });
    for (const encoding of ['br', 'gzip', 'identity'] as const) {
      expect(file.read(encoding)).toBe(file.read(encoding));
    }
    expect((await file.read('br')).length).toBeLessThan(100);
  });
});
