/** The tabs of GraphiQL on a fresh demo, in a real browser. */
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { type OpenedGraphiql, openGraphiql } from '../support/browser.ts';
import { startDemoGateway } from '../support/demo-gateway.ts';
import { closeBrowser, useBrowser } from '../support/shared-browser.ts';

/** What shows that a tab has done what it is for. */
const SHOWS: Readonly<Record<string, string>> = {
  Compare: '"totalCount"',
  FindServices: '"orderForm"',
  CheckOrder: '"CheckedOrder"',
  PlaceOrder: '"AddOrderSuccess"',
  PlaceOthers: '"AddOrderSuccess"',
  LookUpOrders: '"statusText"',
  FollowOrders: '"orderUpdated"',
  ChangeOrders: '"CancelOrderSuccess"',
  Overview: '"placements"',
};
const TITLES = Object.keys(SHOWS);

afterAll(closeBrowser);

describe('the tabs of GraphiQL on a fresh demo', () => {
  it.for([
    ['from left to right', TITLES],
    ['from right to left', TITLES.toReversed()],
    [
      'those about orders first',
      ['ChangeOrders', 'FollowOrders', 'LookUpOrders', 'PlaceOthers', 'Overview', 'Compare'],
    ],
  ] as const)('work %s', { timeout: 60_000 }, async ([, titles], context) => {
    const browser = await useBrowser(context);
    await using gateway = await startDemoGateway({ hasHistory: true });
    const graphiql = await openGraphiql(browser, gateway.url);
    expect(await graphiql.tabs()).toEqual(TITLES);
    const answers = collectAnswers(graphiql.page);
    for (const title of titles) await runTab(graphiql, title);
    expect(answers.join('\n')).not.toMatch(/"errors"|PanelRejected|InvalidInput|"orders":\[null/);
    expect(graphiql.problems).toEqual([]);
  });

  it('ask for orders of the demo that runs, also after a reload, and keep what was edited', {
    timeout: 60_000,
  }, async (context) => {
    const browser = await useBrowser(context);
    const first = await startDemoGateway({ hasHistory: true });
    const port = Number(new URL(first.url).port);
    const graphiql = await openGraphiql(browser, first.url);
    await graphiql.openTab('Overview');
    await graphiql.page.locator('.graphiql-query-editor').click();
    await graphiql.page.keyboard.press('Control+Home');
    await graphiql.page.keyboard.type('# mine ');
    await runTab(graphiql, 'ChangeOrders');
    await runTab(graphiql, 'LookUpOrders');
    // GraphiQL keeps the tabs half a second after a change; read before that, the address makes a tab of its own.
    const lookUp = `"activeTabIndex":${TITLES.indexOf('LookUpOrders')}`;
    await expect.poll(() => keptTabs(graphiql.page), { timeout: 5000 }).toContain(lookUp);
    await first[Symbol.asyncDispose]();

    await using _second = await startDemoGateway({ hasHistory: true, port });
    await expect.poll(() => keptTabs(graphiql.page), { timeout: 5000 }).toContain('# mine ');
    await graphiql.page.reload();
    await graphiql.page.locator('.graphiql-query-editor').waitFor();
    expect(await graphiql.tabs()).toEqual(TITLES);
    const answers = collectAnswers(graphiql.page);
    expect(await graphiql.run(SHOWS['LookUpOrders']!)).not.toContain('null,');
    await runTab(graphiql, 'ChangeOrders');
    await runTab(graphiql, 'FollowOrders');
    expect(answers.join('\n')).not.toMatch(/"errors"|PanelRejected|"orders":\[null/);
    expect(await keptTabs(graphiql.page)).toContain('# mine ');
    expect(graphiql.problems).toEqual([]);
  });
});

async function runTab(graphiql: OpenedGraphiql, title: string): Promise<void> {
  await graphiql.openTab(title);
  await graphiql.run(SHOWS[title]!);
}

/** The answers to operations, in JSON; those of a subscription are on the page alone. */
function collectAnswers(page: Page): string[] {
  const answers: string[] = [];
  page.on('response', async (response) => {
    const isJson = response.headers()['content-type']?.includes('json') === true;
    if (isJson && response.request().method() === 'POST') answers.push(await response.text().catch(() => ''));
  });
  return answers;
}

async function keptTabs(page: Page): Promise<string> {
  return page.evaluate(() => localStorage.getItem('graphiql:tabState') ?? '');
}
