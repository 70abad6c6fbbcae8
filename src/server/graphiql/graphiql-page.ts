/** GraphiQL as one page that asks nothing of any other host. */
import type { ServerResponse } from 'node:http';

/** A tab of GraphiQL. Its title is the name of the operation. Of the first tab GraphiQL drops the variables. */
export interface GraphiqlExample {
  readonly name?: string;
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}

/** The examples, or how to find them each time that the page is opened. */
export type GraphiqlExamples =
  | readonly GraphiqlExample[]
  | (() => readonly GraphiqlExample[] | Promise<readonly GraphiqlExample[]>);

/** Scripts and styles are written into the page; workers and fonts are blobs and data of its own. */
const GRAPHIQL_CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  'worker-src blob:',
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sends the page, with the policy that its scripts and styles need. */
export function sendGraphiqlPage(response: ServerResponse, page: Buffer): void {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': page.length,
    'Content-Security-Policy': GRAPHIQL_CONTENT_SECURITY_POLICY,
  });
  response.end(page);
}

/**
 * Makes the function that gives the page. The examples are the tabs of who opens it for the first time; after that
 * the browser keeps what it had.
 */
export function createGraphiqlPage(examples: GraphiqlExamples): () => Promise<Buffer> {
  let last: { key: string; page: Buffer } | null = null;
  return async () => {
    const tabs = typeof examples === 'function' ? await examples() : examples;
    const key = JSON.stringify(tabs);
    if (last?.key !== key) last = { key, page: await renderPage(tabs) };
    return last.page;
  };
}

async function renderPage(tabs: readonly GraphiqlExample[]): Promise<Buffer> {
  // Nine megabytes of script in one module: loaded when the first browser asks, so that the gateway starts without it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Panelgraph',
    endpoint: '/graphql',
    // A header may hold a token, which must not outlive the tab.
    shouldPersistHeaders: false,
    ...(tabs.length > 0
      ? { defaultTabs: tabs.map(({ query, variables }) => ({ query, variables: variables ?? null })) }
      : {}),
  });
  return Buffer.from(html.trimStart().replace('</style>', `${TABS_STAY}</style>`));
}

/**
 * Where the row of tabs changes its width, GraphiQL's library for dragging shifts tabs that nobody has dragged. Its own
 * style hides that until a tab has the focus: the first press would move the tab away from under the mouse, and be lost.
 */
const TABS_STAY = '.graphiql-tab{transform:none!important}';
