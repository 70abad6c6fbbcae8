/**
 * The panel as a subgraph of Hive Gateway: a form POST, described to the JSON Schema handler.
 *
 * `supergraph.graphql` is composed of this, with @graphql-mesh/compose-cli 1.8 and @omnigraph/json-schema 0.112:
 * `mesh-compose -c compose.config.ts -o supergraph.graphql`. The two are not needed to measure, and not installed.
 */
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';

const text = { type: 'string' };

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph('panel', {
        endpoint: '{env.PANEL_ORIGIN}',
        operationHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
        operations: [
          {
            type: 'Query',
            field: 'order',
            path: '/api/v2',
            method: 'POST',
            requestBaseBody: { key: '{env.PANEL_KEY}', action: 'status' },
            requestSchema: { type: 'object', title: 'OrderInput', properties: { order: text }, required: ['order'] },
            responseSchema: {
              type: 'object',
              title: 'Order',
              properties: { charge: text, currency: text, status: text, remains: text },
            },
          },
        ],
      }),
    },
  ],
});
