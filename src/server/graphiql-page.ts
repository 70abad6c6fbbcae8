/** GraphiQL as one page that asks nothing of any other host. */
import { REFRESH_TABS_SCRIPT } from './graphiql/refresh-tabs.ts';

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
export const GRAPHIQL_CONTENT_SECURITY_POLICY = [
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

/**
 * Makes the function that gives the page. The examples are the tabs for whoever opens it for the first time; after that
 * the browser shows the tabs that it has kept, with the examples among them brought up to date.
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
  const defaultTabs = tabs.map(({ query, variables }) => ({ query, variables: variables ?? null }));
  const html = renderGraphiQL({
    title: 'Panelgraph',
    endpoint: '/graphql',
    // A header may hold a token, which must not outlive the tab.
    shouldPersistHeaders: false,
    ...(tabs.length > 0 ? { defaultTabs } : {}),
  });
  const refresh = `${REFRESH_TABS_SCRIPT}refreshTabs(${JSON.stringify(defaultTabs).replaceAll('<', '\\u003c')});`;
  const begun = html.trimStart().replace('</style>', () => `${TABS_STAY}</style><script>${refresh}</script>`);
  return Buffer.from(begun);
}

/**
 * Where the row of tabs changes its width, GraphiQL's library for dragging shifts tabs that nobody has dragged. Its own
 * style hides that until a tab has the focus: the first press would move the tab away from under the mouse, and be lost.
 */
const TABS_STAY = '.graphiql-tab{transform:none!important}';
