import type { Browser } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { launchBrowser, openGraphiql } from '../../support/browser.ts';
import { startToyServer } from '../toy-server.ts';

const EXAMPLES = [
  { query: '# Greets.\nquery Greet { hello }' },
  { query: 'query GreetByName($name: String) { hello(name: $name) }', variables: '{"name":"browser"}' },
  { query: 'mutation Buy { buy(id: "7") }' },
];

describe('GraphiQL in a browser without a network', () => {
  it('shows the documentation of the schema and runs an example', async (context) => {
    const browser = await launchBrowser(context);
    onTestFinished(() => browser.close());
    await meetGraphiql(browser);
  }, 60_000);
});

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
