/** A panel's list of services as the gateway holds it, and the mutation that refreshes it. */
import type { ListSnapshot } from '../../catalogue/lists/service-lists.ts';
import { CallerError } from '../../domain/errors.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { getPanel, PanelType } from '../panels/panel.ts';
import { assertListSize, readRefs } from '../values/arguments.ts';
import { costOf } from '../values/field-cost.ts';

export const CatalogueType = builder.objectRef<ListSnapshot>('Catalogue');

CatalogueType.implement({
  description: "One panel's list of services as the gateway holds it.",
  fields: (t) => ({
    panel: t.field({
      type: PanelType,
      description: 'The panel.',
      resolve: ({ panel }, _args, context) => getPanel(panel, context),
    }),
    serviceCount: t.int({
      description: 'The number of services in the list.',
      resolve: ({ services }) => services.length,
    }),
    skippedCount: t.exposeInt('skippedCount', {
      description: 'The number of services that could not be read, or whose id the list holds already.',
    }),
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the list was fetched; null where there is none.',
    }),
    stale: t.exposeBoolean('stale', { description: 'Whether the list is served although it has expired.' }),
    error: t.exposeString('error', {
      nullable: true,
      description: 'Why the latest fetch failed; null where it succeeded.',
    }),
  }),
});

/** The list of a panel that is no longer configured. */
const NO_LIST = {
  services: [],
  skippedCount: 0,
  fetchedAt: null,
  stale: true,
  error: 'The panel is not configured.',
  failure: null,
} as const;

builder.objectField(PanelType, 'catalogue', (t) =>
  t.field({
    type: CatalogueType,
    description: "The panel's list of services as the gateway holds it.",
    extensions: costOf({ eachPanel: 'services' }),
    resolve: async ({ name, panel }, _args, { catalogue }) => {
      const [snapshot] = panel ? await catalogue.snapshots([name]) : [];
      return snapshot ?? { ...NO_LIST, panel: name };
    },
  }),
);

builder.mutationField('refreshServices', (t) =>
  t.field({
    type: [CatalogueType],
    nullable: { list: true, items: false },
    description:
      'Fetches the lists of services anew. A list that was refreshed within the last five seconds is not fetched again: ' +
      'it comes as it is held, with the error of that refresh if it failed.',
    extensions: costOf({ items: { argument: 'panels', otherwise: 'panels' }, callsEach: 1 }),
    args: { panels: t.arg.idList({ required: false, description: 'Panel ids; all panels where absent.' }) },
    resolve: (_root, { panels }, context) =>
      context.catalogue.refresh(panelNames(panels, 'panels', context), context.loaders.calls),
  }),
);

/**
 * The names of the panels with these ids, or of all panels where the argument is absent.
 * @throws CallerError INVALID_INPUT for an id that is malformed or of a panel that is not configured
 */
export function panelNames(ids: readonly string[] | null | undefined, name: string, context: RequestContext): string[] {
  if (!ids) return context.panels.all.map((panel) => panel.name);
  assertListSize(ids, name, context);
  const names = readRefs('Panel', ids, name).map((ref, index) => {
    if (ref instanceof Error) throw ref;
    if (context.panels.find(ref.panel)) return ref.panel;
    const message = `No panel \`${ref.panel}\` is configured.`;
    throw new CallerError('INVALID_INPUT', message, [{ path: [name, String(index)], message }]);
  });
  return [...new Set(names)];
}
