/** Takes docs/graphiql.png from the running program: `npm run docs:picture`. Wants a Chromium (see CONTRIBUTING.md). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { launchBrowser, openGraphiql } from '../test/support/browser.ts';

const BIN = fileURLToPath(new URL('../bin/panelgraph.js', import.meta.url));
const PICTURE = fileURLToPath(new URL('graphiql.png', import.meta.url));

const { url, stop } = await startDemo();
const browser = await launchBrowser({ skip: refuse });
try {
  const { page, openTab, readTypeDocumentation, run } = await openGraphiql(browser, url);
  await page.setViewportSize({ width: 1440, height: 860 });
  await openTab('PlaceOrder');
  await run('AddOrderSuccess');
  await readTypeDocumentation('Mutation', 'addOrder');
  await page.mouse.move(0, 0);
  // The tabs and the panes move into their places.
  await page.waitForTimeout(1000);
  await page.screenshot({ path: PICTURE });
  console.log(PICTURE);
} finally {
  await browser.close();
  await stop();
}

/** The demo on a free port, as a process of its own, where no configuration lies. */
async function startDemo(): Promise<{ url: string; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [BIN, 'start', '--port', '0', '--log-level', 'error'], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let printed = '';
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    const address = /ready: (\S+)\n/.exec(printed)?.[1];
    if (address) return { url: address, stop: () => end(child, ended) };
  }
  throw new Error(`The demo ended without an address: ${printed}`);
}

async function end(child: { kill(): boolean }, ended: Promise<unknown>): Promise<void> {
  child.kill();
  await ended;
}

function refuse(reason?: string): never {
  throw new Error(reason);
}
