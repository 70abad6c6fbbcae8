/** What README.md tells people to paste works on the demo. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseOperation, validate } from 'graphql';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createConfig } from '../../src/config/create-config.ts';
import { getSchema } from '../../src/schema/schema.ts';
import { startDemoGateway } from '../support/demo-gateway.ts';

const clients = readFileSync(new URL('../../docs/clients.md', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it('README.md: every curl line is answered without an error', async () => {
  await using gateway = await startDemoGateway();
  const bodies = [...readme.matchAll(/^ *curl \S+\/graphql -H 'content-type: application\/json' -d '(.+)'$/gm)];
  expect(bodies.length).toBeGreaterThan(3);
  for (const [, body = ''] of bodies) {
    const { query } = JSON.parse(body) as { query: string };
    const answer = await gateway.ask(query);
    expect(answer).toEqual({ data: expect.anything() });
    expect(JSON.stringify(answer)).not.toContain('"code"');
  }
  expect([...gateway.panels.values()].flatMap(({ orders }) => orders)).toHaveLength(1);
});

it('README.md: its configuration is one', () => {
  const [, settings = ''] = /```yaml\n([\s\S]+?)```/.exec(readme) ?? [];
  expect(createConfig(parse(settings)).panels.map(({ id }) => id)).toEqual(['plus', 'acme']);
});

it('docs/clients.md: every operation fits the schema', () => {
  const schema = getSchema();
  const operations = [
    ...clients.matchAll(/gql`([^`]+)`/g),
    ...clients.matchAll(/"""([^"]+)"""/g),
    ...clients.matchAll(/["'](subscription [^"'\n]+)["']/g),
  ].map(([, operation = '']) => operation);
  expect(operations).toHaveLength(9);
  for (const operation of operations) expect(validate(schema, parseOperation(operation))).toEqual([]);
});

it('README.md: each page that it links to is there, and in the package', () => {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: readonly string[] };
  const links = [...readme.matchAll(/\]\(((?!https?:)[^)#]+)/g)].map(([, link = '']) => link);
  expect(links.length).toBeGreaterThan(9);
  for (const link of links) {
    expect(existsSync(link), link).toBe(true);
    const isPacked =
      link === 'LICENSE' || link === 'docs/decisions' || files.some((file) => path.matchesGlob(link, file));
    expect(isPacked, link).toBe(true);
  }
});
