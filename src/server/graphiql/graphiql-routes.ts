/** Serves GraphiQL: the page, which browsers ask for each time, and its assets, which they keep. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendFile } from '../http/served-file.ts';
import { loadGraphiqlAssets } from './graphiql-assets.ts';
import { createGraphiqlPage, GRAPHIQL_CONTENT_SECURITY_POLICY, type GraphiqlExamples } from './graphiql-page.ts';

export interface GraphiqlRoutes {
  readonly sendPage: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Sends the asset at a path; false where there is none, and nothing is sent then. */
  readonly sendAsset: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;
}

/** Browsers ask whether the page has changed, and get 304 if it has not. */
const PAGE_CACHE_CONTROL = 'no-cache';

/** The address of an asset changes with its content. */
const ASSET_CACHE_CONTROL = 'public, max-age=31536000, immutable';

export function createGraphiqlRoutes(examples: GraphiqlExamples): GraphiqlRoutes {
  let loading: ReturnType<typeof loadGraphiqlAssets> | null = null;
  const getAssets = () => (loading ??= loadGraphiqlAssets());
  const renderPage = createGraphiqlPage(examples);
  return {
    async sendPage(request, response) {
      const file = await renderPage(await getAssets());
      response.setHeader('Content-Security-Policy', GRAPHIQL_CONTENT_SECURITY_POLICY);
      // At the same address, JSON is for whoever accepts no HTML.
      await sendFile(request, response, { file, cacheControl: PAGE_CACHE_CONTROL, vary: ['Accept'] });
    },
    async sendAsset(request, response, path) {
      const file = (await getAssets()).find(path);
      if (file) await sendFile(request, response, { file, cacheControl: ASSET_CACHE_CONTROL });
      return file !== undefined;
    },
  };
}
