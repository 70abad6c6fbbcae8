import { afterAll, expect, it } from 'vitest';
import { openGraphiql } from '../support/browser.ts';
import { startDemoGateway } from '../support/demo-gateway.ts';
import { closeBrowser, useBrowser } from '../support/shared-browser.ts';

afterAll(closeBrowser);

it('GraphiQL opens in a browser without a network, shows the documentation and runs its examples', async (context) => {
  const browser = await useBrowser(context);
  await using gateway = await startDemoGateway();
  const graphiql = await openGraphiql(browser, gateway.url);
  expect((await graphiql.tabs())[0]).toBe('Compare');

  await graphiql.readDocumentation('Query');
  await graphiql.readTypeDocumentation('Query', 'All that can be read. Nothing here costs money.');

  const compared = await graphiql.run('"totalCount"');
  expect(compared).toContain('"services"');
  expect(compared).not.toContain('"errors"');

  // Each by the first press of the mouse, to the last one, which may be out of sight.
  for (const title of (await graphiql.tabs()).toReversed()) await graphiql.openTab(title);
  await graphiql.openTab('PlaceOrder');
  const placed = await graphiql.run('AddOrderSuccess');
  expect(placed).not.toContain('"errors"');
  expect([...gateway.panels.values()].flatMap(({ orders }) => orders).length).toBeGreaterThan(0);

  expect(graphiql.foreignRequests).toEqual([]);
  expect(graphiql.problems).toEqual([]);
});
