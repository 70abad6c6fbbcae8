import type { Browser } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createEvents } from '../../../src/telemetry/events.ts';
import { createLog } from '../../../src/telemetry/log.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { openGraphiql } from '../../support/browser.ts';
import { closeBrowser, useBrowser } from '../../support/shared-browser.ts';
import { send, startToyServer } from '../toy-server.ts';

const EXAMPLES = [
  { query: '# Greets.\nquery Greet { hello }' },
  { query: 'query GreetByName($name: String) { hello(name: $name) }', variables: '{"name":"browser"}' },
  { query: 'mutation Buy { buy(id: "7") }' },
];

afterAll(closeBrowser);

describe('GraphiQL in a browser without a network', () => {
  it('shows the documentation of the schema and runs an example', async (context) => {
    const browser = await useBrowser(context);
    await meetGraphiql(browser);
  }, 60_000);

  it('shows every line in full', async (context) => {
    const browser = await useBrowser(context);
    const comment = `# ${'What this operation does takes a long line to tell. '.repeat(4)}`;
    const { graphqlUrl } = await startToyServer({ graphiqlExamples: [{ query: `${comment}\nquery Greet { hello }` }] });
    const { page } = await openGraphiql(browser, graphqlUrl);
    const lines = page.locator('.graphiql-query-editor .view-line > span');
    await expect.poll(() => lines.count()).toBeGreaterThan(4);
    const edge = await page.locator('.graphiql-query-editor .monaco-editor').evaluate(rightOf);
    for (const line of await lines.all()) expect(await line.evaluate(rightOf)).toBeLessThanOrEqual(edge);
    const texts = await lines.allTextContents();
    expect(texts.join('').replaceAll('\u00a0', ' ')).toBe(`${comment}query Greet { hello }`);
  }, 60_000);

  it('stays readable where the system turns dark, and light again, and keeps a theme that was chosen', async (context) => {
    const browser = await useBrowser(context);
    const { graphqlUrl } = await startToyServer({ graphiqlExamples: EXAMPLES });
    const { page, problems } = await openGraphiql(browser, graphqlUrl);
    const words = page.locator('.graphiql-query-editor .view-line span span');
    await expect.poll(() => words.count()).toBeGreaterThan(3);
    // Text that is made for white is below 2 on the dark background.
    const worstContrast = () => page.evaluate(findWorstContrast);
    for (const colorScheme of ['dark', 'light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect.poll(worstContrast).toBeGreaterThan(3);
    }
    await page.getByRole('button', { name: 'Open settings dialog' }).click();
    await page.getByRole('button', { name: 'Dark', exact: true }).click();
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(worstContrast).toBeGreaterThan(3);
    await page.getByRole('button', { name: 'System', exact: true }).click();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(worstContrast).toBeGreaterThan(3);
    expect(problems).toEqual([]);
  }, 60_000);

  it('asks for its scripts and styles once', async (context) => {
    const browser = await useBrowser(context);
    const metrics = createMetrics();
    const events = createEvents({ log: createLog({ level: 'silent' }), metrics });
    const { url, graphqlUrl } = await startToyServer({ metrics: metrics.registry, events, graphiqlExamples: EXAMPLES });
    // Not by openGraphiql: a context whose requests are watched keeps nothing.
    const profile = await browser.newContext();
    const countAssets = async () => {
      const { text } = await send(`${url}/metrics`);
      return Number(/path="\/graphiql\/",status="200"\} (\d{1,9})/.exec(text)?.[1] ?? 0);
    };
    const open = async () => {
      const page = await profile.newPage();
      const workers: string[] = [];
      page.on('worker', (worker) => workers.push(worker.url()));
      await page.goto(graphqlUrl);
      await page.locator('.graphiql-query-editor .view-line').first().waitFor();
      await expect.poll(() => new Set(workers).size).toBe(3);
      await page.close();
    };
    await open();
    await expect.poll(countAssets).toBe(7);
    await open();
    expect(await countAssets()).toBe(7);
  }, 60_000);
});

const rightOf = (element: { getBoundingClientRect(): { right: number } }): number =>
  element.getBoundingClientRect().right;

/** The contrast of the editor's text that can be read worst, from 1 to 21 as WCAG counts it. Runs in the page. */
const findWorstContrast = `(() => {
  const read = (element, name) => getComputedStyle(element)[name].match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  let behind = document.querySelector('.graphiql-query-editor .view-lines');
  while (read(behind, 'backgroundColor')[3] === 0) behind = behind.parentElement;
  const background = luminance(read(behind, 'backgroundColor'));
  const words = [...document.querySelectorAll('.graphiql-query-editor .view-line span span')];
  return Math.min(...words.map((word) => {
    const text = luminance(read(word, 'color'));
    return (Math.max(text, background) + 0.05) / (Math.min(text, background) + 0.05);
  }));
})()`;

async function meetGraphiql(browser: Browser): Promise<void> {
  const { url, world } = await startToyServer({ graphiqlExamples: EXAMPLES });
  // By the name that a person types, and from the address that leads there.
  const graphiql = await openGraphiql(browser, `${url.replace('127.0.0.1', 'localhost')}/`);
  expect(await graphiql.page.title()).toBe('Panelgraph');
  expect(await graphiql.tabs()).toEqual(['Greet', 'GreetByName', 'Buy']);

  await graphiql.readDocumentation('Query');
  await graphiql.readTypeDocumentation('Query', 'toy');
  await graphiql.readTypeDocumentation('Toy', 'A panel that sells toys.');

  expect(await graphiql.run('Hello')).toContain('"hello": "Hello world"');
  await graphiql.openTab('GreetByName');
  expect(await graphiql.run('browser')).toContain('"hello": "Hello browser"');
  await graphiql.openTab('Buy');
  expect(await graphiql.run('bought')).toContain('"buy": "bought 7"');
  expect(world.bought).toEqual(['7']);

  // GraphiQL keeps the tabs half a second after a change; read before that, the address makes a tab of its own.
  const keptTabs = async () => {
    const { origins } = await graphiql.page.context().storageState();
    return origins.flatMap((origin) => origin.localStorage).find(({ name }) => name === 'graphiql:tabState')?.value;
  };
  await expect.poll(keptTabs, { timeout: 5000 }).toContain('"activeTabIndex":2');
  await graphiql.page.reload();
  await graphiql.page.locator('.graphiql-query-editor').waitFor();
  expect(await graphiql.tabs()).toEqual(['Greet', 'GreetByName', 'Buy']);
  expect(await graphiql.run('bought')).toContain('"buy": "bought 7"');

  expect(graphiql.foreignRequests).toEqual([]);
  expect(graphiql.problems).toEqual([]);
}
