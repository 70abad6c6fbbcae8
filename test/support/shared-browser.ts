/** One browser for the tests of a file, since it takes seconds to start. */
import type { Browser } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchBrowser } from './browser.ts';

let running: Promise<Browser> | undefined;

/** The browser, as `launchBrowser`. What the test opens in it is closed when the test ends. */
export async function useBrowser(context: Parameters<typeof launchBrowser>[0]): Promise<Browser> {
  running ??= launchBrowser(context);
  const browser = await running;
  onTestFinished(async () => {
    await Promise.all(browser.contexts().map((profile) => profile.close()));
  });
  return browser;
}

/** For `afterAll` of each file that uses it. */
export async function closeBrowser(): Promise<void> {
  const browser = await running?.catch(() => undefined);
  running = undefined;
  await browser?.close();
}
