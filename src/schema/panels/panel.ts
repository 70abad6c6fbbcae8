/** Panels, their health and their balances. */
import { formatPanelId, getNodeRef } from '../../domain/ids.ts';
import type { Money } from '../../domain/money.ts';
import type { Panel } from '../../panels/panel.ts';
import type { PanelHealth } from '../../providers/provider.ts';
import type { PlacementRecord } from '../../storage/ledger/ledger-store.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { NodeInterface, registerNode } from '../node.ts';
import { costOf } from '../values/field-cost.ts';
import { MoneyType } from '../values/money.ts';
import { settledList } from '../values/settled-list.ts';

export interface PanelView {
  readonly kind: 'Panel';
  readonly name: string;
  readonly host: string;
  readonly dialect: string;
  /** Null where the panel is no longer configured and only the ledger names it. */
  readonly panel: Panel | null;
}

interface BalanceView {
  readonly panel: PanelView;
  readonly amount: Money;
  readonly checkedAt: Date;
}

/** Null where no such panel is configured. */
export function findPanel(name: string, { panels }: RequestContext): PanelView | null {
  const panel = panels.find(name);
  return panel ? viewOf(panel) : null;
}

/** The panel of an object in the ledger. `recorded` describes a panel that is no longer configured. */
export function getPanel(
  name: string,
  context: RequestContext,
  recorded: { readonly host: string; readonly dialect: string } = { host: '', dialect: '' },
): PanelView {
  return findPanel(name, context) ?? { kind: 'Panel', name, ...recorded, panel: null };
}

/** The panel as the placement has recorded it. */
export function recordedPanel({ panelHost: host, panelDialect: dialect }: PlacementRecord): {
  readonly host: string;
  readonly dialect: string;
} {
  return { host, dialect };
}

function viewOf(panel: Panel): PanelView {
  const { host, dialect } = panel.provider;
  return { kind: 'Panel', name: panel.name, host, dialect, panel };
}

/** The health of a panel that is no longer configured. */
const NO_CALLS: PanelHealth = {
  circuit: 'CLOSED',
  latencyP50Ms: null,
  latencyP95Ms: null,
  errorRate: null,
  lastSuccessAt: null,
  lastError: null,
};

export const PanelType = builder.objectRef<PanelView>('Panel');
export const BalanceType = builder.objectRef<BalanceView>('Balance');

const CircuitStateEnum = builder.enumType('CircuitState', {
  description: 'Whether the gateway sends orders to a panel.',
  values: {
    CLOSED: { description: 'Orders are sent.' },
    OPEN: { description: 'Calls to the panel, or its orders, have been failing. Orders are refused at once.' },
    HALF_OPEN: { description: 'The gateway is asking for the balance to find out whether the panel works again.' },
  },
});

const PanelHealthType = builder.objectRef<PanelHealth>('PanelHealth').implement({
  description: 'The results of recent calls to a panel.',
  fields: (t) => ({
    circuit: t.expose('circuit', {
      type: CircuitStateEnum,
      description:
        'Whether orders are sent to the panel: the worse of two circuits, that of the panel as a whole and that of orders. The circuits of other actions do not stop orders and are not shown here.',
    }),
    latencyP50Ms: t.exposeFloat('latencyP50Ms', {
      nullable: true,
      description: 'The median duration of recent calls in milliseconds; null before the first call.',
    }),
    latencyP95Ms: t.exposeFloat('latencyP95Ms', {
      nullable: true,
      description: 'The 95th percentile of the duration of recent calls in milliseconds; null before the first call.',
    }),
    errorRate: t.exposeFloat('errorRate', {
      nullable: true,
      description: 'The share of recent calls that failed, from 0 to 1; null before the first call.',
    }),
    lastSuccessAt: t.expose('lastSuccessAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a call last succeeded; null where none has.',
    }),
    lastError: t.exposeString('lastError', {
      nullable: true,
      description: 'The latest failure; null where there is none.',
    }),
  }),
});

PanelType.implement({
  description: 'A panel at which the gateway has an account.',
  interfaces: [NodeInterface],
  fields: (t) => ({
    id: t.id({ description: 'Such as `Panel:acme`.', resolve: ({ name }) => formatPanelId(name) }),
    name: t.exposeString('name', { description: 'The id in the configuration, such as `acme`.' }),
    host: t.exposeString('host', {
      description: "The host of the panel's address. Empty for a panel that is neither configured nor recorded.",
    }),
    dialect: t.exposeString('dialect', { description: 'The wire language, such as `standard`.' }),
    currency: t.field({
      type: 'CurrencyCode',
      nullable: true,
      description:
        "The currency of the panel's prices, from the configuration or from its balance; null where neither names it.",
      extensions: costOf({ eachPanel: 'balance' }),
      resolve: ({ panel }) => panel?.currency() ?? null,
    }),
    balance: t.field({
      type: BalanceType,
      nullable: true,
      description:
        'The balance of the account, asked from the panel. Simultaneous requests share one call, and the answer is kept briefly. Null with an error where the panel does not answer.',
      extensions: costOf({ eachPanel: 'balance' }),
      resolve: (panel, _args, context) => fetchBalance(panel, context),
    }),
    health: t.field({
      type: PanelHealthType,
      description: 'The results of recent calls to the panel.',
      resolve: ({ panel }) => panel?.provider.health() ?? NO_CALLS,
    }),
  }),
});

BalanceType.implement({
  description: 'The balance of the account at a panel.',
  fields: (t) => ({
    panel: t.expose('panel', { type: PanelType, description: 'The panel.' }),
    amount: t.expose('amount', { type: MoneyType, description: 'The balance.' }),
    checkedAt: t.expose('checkedAt', { type: 'DateTime', description: 'When the panel reported this balance.' }),
  }),
});

registerNode('Panel', ({ panel }, context) => findPanel(panel, context));

builder.queryFields((t) => ({
  panels: t.field({
    type: [PanelType],
    description: 'All panels, in the order of the configuration.',
    extensions: costOf({ items: 'panels' }),
    resolve: (_root, _args, { panels }) => panels.all.map(viewOf),
  }),
  panel: t.field({
    type: PanelType,
    nullable: true,
    description: 'One panel; null where it is not configured.',
    args: { id: t.arg.id({ required: true, description: 'Such as `Panel:acme`.' }) },
    resolve: (_root, { id }, context) => findPanel(getNodeRef('Panel', id, ['id']).panel, context),
  }),
  balances: t.field({
    type: [BalanceType],
    nullable: { list: false, items: true },
    description: 'The balance at every panel; null with an error for a panel that does not answer.',
    extensions: costOf({ items: 'panels', eachPanel: 'balance' }),
    resolve: (_root, _args, context) =>
      settledList(context.panels.all, (panel) => fetchBalance(viewOf(panel), context), context),
  }),
}));

async function fetchBalance(view: PanelView, { loaders }: RequestContext): Promise<BalanceView | null> {
  const balance = await view.panel?.balance(loaders.calls);
  return balance ? { ...balance, panel: view } : null;
}
