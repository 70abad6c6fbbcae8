/** The page of GraphiQL. It asks nothing of any other host. */
import { createServedFile, type ServedFile } from '../http/served-file.ts';
import type { GraphiqlAssets } from './graphiql-assets.ts';

/** A tab of GraphiQL. Its title is the name of the operation. GraphiQL drops the variables of the first tab. */
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

/** No script of the page is inline; styles are, since the editor writes its own. Fonts stand in the style sheet. */
export const GRAPHIQL_CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Makes the function that gives the page. Its examples are the tabs for whoever opens it for the first time; after that
 * GraphiQL shows the tabs that it has kept in the browser, with the examples among them brought up to date.
 */
export function createGraphiqlPage(examples: GraphiqlExamples): (assets: GraphiqlAssets) => Promise<ServedFile> {
  let last: { text: string; page: ServedFile } | null = null;
  return async (assets) => {
    const text = renderPage(typeof examples === 'function' ? await examples() : examples, assets);
    // The same page is hashed and compressed once.
    if (last?.text !== text) last = { text, page: createServedFile({ type: 'text/html; charset=utf-8', text }) };
    return last.page;
  };
}

function renderPage(examples: readonly GraphiqlExample[], { paths }: GraphiqlAssets): string {
  const options = {
    title: 'Panelgraph',
    endpoint: '/graphql',
    // A header may hold a token, which must not outlive the tab.
    shouldPersistHeaders: false,
    ...(examples.length > 0 && {
      defaultTabs: examples.map(({ query, variables }) => ({ query, variables: variables ?? null })),
    }),
  };
  const workers = {
    editorWorkerService: paths['editor.js'],
    json: paths['json.js'],
    graphql: paths['graphql.js'],
  };
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Panelgraph</title>
    <link rel="icon" href="${paths['icon.svg']}">
    <link rel="stylesheet" href="${paths['graphiql.css']}">
    <script type="application/json" id="options">${embedJson({ options, workers })}</script>
    <script defer src="${paths['start.js']}"></script>
    <script defer src="${paths['graphiql.js']}"></script>
  </head>
  <body id="body" class="no-focus-outline">
    <noscript>GraphiQL needs JavaScript.</noscript>
    <div id="root"></div>
  </body>
</html>
`;
}

/** JSON that cannot end the element in which it stands. */
const embedJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
