/** The scripts, styles and icon of GraphiQL, each at an address that holds the hash of its content. */
import { createServedFile, type ServedFile } from '../http/served-file.ts';
import { START_SCRIPT } from './start-script.ts';

/** Where the assets are. */
export const ASSETS_PATH = '/graphiql/';

export interface GraphiqlAssets {
  /** The address of each asset. */
  readonly paths: Readonly<Record<AssetName, string>>;
  /** The asset at an address; undefined for an address that is not, or no longer, one. */
  find(path: string): ServedFile | undefined;
}

type AssetName = 'start.js' | 'graphiql.js' | 'graphiql.css' | 'icon.svg' | 'editor.js' | 'json.js' | 'graphql.js';

const SCRIPT_TYPE = 'text/javascript; charset=utf-8';

/** Loads several megabytes of text; called when the first browser asks, so that the gateway starts without them. */
export async function loadGraphiqlAssets(): Promise<GraphiqlAssets> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');
  const script = (text: string): ServedFile => createServedFile({ type: SCRIPT_TYPE, text });
  const files: Readonly<Record<AssetName, ServedFile>> = {
    'start.js': script(START_SCRIPT),
    'graphiql.js': script(graphiql.js),
    'graphiql.css': createServedFile({ type: 'text/css; charset=utf-8', text: graphiql.css + TABS_STAY }),
    'icon.svg': createServedFile({ type: 'image/svg+xml', text: ICON }),
    'editor.js': script(graphiql.editorWorkerService),
    'json.js': script(graphiql.jsonWorker),
    'graphql.js': script(graphiql.graphqlWorker),
  };
  const byPath = new Map(Object.entries(files).map(([name, file]) => [pathOf(name, file), file]));
  const paths = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, pathOf(name, file)]));
  return { paths: paths as Record<AssetName, string>, find: (path) => byPath.get(path) };
}

const pathOf = (name: string, { hash }: ServedFile): string => `${ASSETS_PATH}${hash}/${name}`;

/**
 * Keeps tabs in their places. When the row of tabs changes its width, GraphiQL's library for dragging shifts tabs that
 * nobody has dragged. GraphiQL's own style hides that only until a tab has the focus: the first press would move the
 * tab away from under the mouse, and be lost.
 */
const TABS_STAY = '.graphiql-tab{transform:none!important}';

/** Three panels that lead to one point. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <path d="M9 6 L24 16 M9 16 H24 M9 26 L24 16" stroke="#888" stroke-width="2" fill="none"/>
  <g fill="#d60590">
    <rect x="4" y="3" width="9" height="6" rx="1"/>
    <rect x="4" y="13" width="9" height="6" rx="1"/>
    <rect x="4" y="23" width="9" height="6" rx="1"/>
    <circle cx="25" cy="16" r="4.5"/>
  </g>
</svg>
`;
