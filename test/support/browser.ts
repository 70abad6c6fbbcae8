/** A real browser without a network, looking at GraphiQL. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { isLoopbackHost } from '../../src/config/loopback.ts';

/** The browser's program, from CHROMIUM_PATH or the PATH; null where there is none. */
export function findChromium(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return existsSync(named) ? named : null;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    } catch {
      // The next name.
    }
  }
  return null;
}

/** Starts the browser for a test, or skips the test with a reason where there is none; on CI that is a failure. */
export async function launchBrowser(context: { skip: (note?: string) => never }): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) {
    const reason = 'no Chromium found: install one (apt-get install chromium) or set CHROMIUM_PATH';
    if (process.env['CI']) throw new Error(reason);
    context.skip(reason);
    throw new Error(reason);
  }
  return chromium.launch({ executablePath, args: LAUNCH_FLAGS });
}

// Root has no sandbox; the rest keeps the browser itself from calling home.
const LAUNCH_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

const PRESS_MS = 80;

export interface OpenedGraphiql {
  readonly page: Page;
  /** What the page asked of any other machine. Each was blocked. */
  readonly foreignRequests: readonly string[];
  /** What the page could not do, such as what its Content-Security-Policy forbids. */
  readonly problems: readonly string[];
  /** The titles of the tabs. */
  tabs(): Promise<string[]>;
  /** Opens the documentation and gives its text once it holds `expected`. */
  readDocumentation(expected: string): Promise<string>;
  /** Opens the documentation of a type, and gives its text once it holds `expected`. */
  readTypeDocumentation(type: string, expected: string): Promise<string>;
  /** Opens the tab of an operation, and waits until it can be run. */
  openTab(title: string): Promise<void>;
  /** Runs what the open tab holds, and gives the answer once it holds `expected`. */
  run(expected: string): Promise<string>;
}

/** Opens GraphiQL at `url` in a fresh profile and waits until it is drawn. */
export async function openGraphiql(browser: Browser, url: string): Promise<OpenedGraphiql> {
  const context = await browser.newContext({ serviceWorkers: 'block', viewport: { width: 1400, height: 900 } });
  const foreignRequests: string[] = [];
  const problems: string[] = [];
  await context.route(
    (requested) => !isLoopbackHost(requested.hostname),
    (route) => {
      foreignRequests.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.on('websocket', (socket) => {
    if (!isLoopbackHost(new URL(socket.url()).hostname)) foreignRequests.push(socket.url());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.setDefaultTimeout(10_000);
  await page.goto(url);
  await page.locator('.graphiql-query-editor').waitFor();

  const documentation = page.locator('.graphiql-doc-explorer');
  const showDocumentation = async () => {
    if (await documentation.isVisible()) return;
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  };
  return {
    page,
    foreignRequests,
    problems,
    tabs: () => page.locator('[role=tab] button[title]').allTextContents(),
    readDocumentation: async (expected) => {
      await showDocumentation();
      return readText(page, '.graphiql-doc-explorer', expected);
    },
    readTypeDocumentation: async (type, expected) => {
      await showDocumentation();
      await documentation.getByRole('link', { name: type, exact: true }).first().click();
      return readText(page, '.graphiql-doc-explorer', expected);
    },
    openTab: async (title) => {
      const button = `button[title=${JSON.stringify(title)}]`;
      // Not faster than a person: a tab that moves while the button is down loses the press.
      await page.locator(`[role=tab] ${button}`).click({ delay: PRESS_MS });
      // GraphiQL reads the tab a moment after showing it, and would run the operation of the last one until then.
      // By the operation itself: its name may stand in a comment of another tab.
      const operation = new RegExp(`^(query|mutation|subscription) ${title}\\b`, 'm');
      await page.waitForURL((shown) => operation.test(shown.searchParams.get('query') ?? ''));
    },
    run: async (expected) => {
      await page.locator('.graphiql-execute-button').click();
      return readText(page, '.graphiql-response', expected);
    },
  };
}

/** The editor draws its lines one by one, with hard spaces and no line breaks: read until the text is there. */
async function readText(page: Page, selector: string, expected: string): Promise<string> {
  const read = async () => ((await page.locator(selector).textContent()) ?? '').replaceAll('\u00a0', ' ');
  const deadline = Date.now() + 10_000;
  for (let text = await read(); ; text = await read()) {
    if (text.includes(expected)) return text;
    if (Date.now() > deadline) throw new Error(`${selector} does not show ${JSON.stringify(expected)} but: ${text}`);
    await page.waitForTimeout(50);
  }
}
