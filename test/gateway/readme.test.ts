/** What README.md tells people to paste works on the demo. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createConfig } from '../../src/config/create-config.ts';
import { startDemoGateway } from '../support/demo-gateway.ts';

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
