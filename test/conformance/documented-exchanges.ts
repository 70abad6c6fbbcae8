/**
 * What the panels' own pages document, as data: the form that is sent, the answer of the page word for word
 * (test/fixtures/panels), and what it means. For the dialects' suite, and for replaying them end to end.
 */
import { readFileSync } from 'node:fs';
import type { DialectName } from '../../src/config/presets.ts';
import type { Action, AddRequest, WireForm } from '../../src/providers/dialect.ts';
import {
  ADD_DETAILS,
  type DocumentedOperation,
  type DocumentedPanelName,
  OPERATIONS,
  PLACED,
  SERVICES,
} from './documented-values.ts';

export { DOCUMENTED_AT } from './documented-values.ts';

export interface DocumentedPanel {
  /** Also the folder of its fixtures. */
  readonly panel: DocumentedPanelName;
  readonly endpoint: string;
  readonly dialect: DialectName;
}

export type DocumentedExchange = DocumentedPanel &
  DocumentedOperation & {
    /** Unique within its panel, such as `status-many` or `add customComments`. */
    readonly title: string;
    readonly action: Action;
    /** Without `key`, in the order in which the fields are sent. */
    readonly form: WireForm;
    /** The page's answer, character for character. */
    readonly reply: string;
  };

export const DOCUMENTED_PANELS: readonly DocumentedPanel[] = [
  { panel: 'smm-plus', endpoint: 'https://smm.plus/api/v2', dialect: 'standard' },
  { panel: 'smmcloud', endpoint: 'https://smmcloud.uk/api/v2', dialect: 'standard' },
  { panel: 'pica-nl', endpoint: 'https://pica-smm.com/api2/v2', dialect: 'pica' },
  { panel: 'pica-yue', endpoint: 'https://pica-smm.com/api2/v2', dialect: 'pica' },
  { panel: 'pica-kab', endpoint: 'https://pica-smm.com/api2/v2', dialect: 'pica' },
];

/** Every documented exchange of every page. */
export const DOCUMENTED_EXCHANGES: readonly DocumentedExchange[] = DOCUMENTED_PANELS.flatMap(exchangesOf);

/** Those of the panels that speak a dialect. */
export function documentedExchanges(dialect: DialectName): readonly DocumentedExchange[] {
  return DOCUMENTED_EXCHANGES.filter((exchange) => exchange.dialect === dialect);
}

type Forms = Readonly<Record<Exclude<DocumentedOperation['operation'], 'add'>, WireForm>> & {
  readonly add: Readonly<Record<string, WireForm>>;
};

function exchangesOf(panel: DocumentedPanel): DocumentedExchange[] {
  const forms = JSON.parse(readFixture(panel, 'forms')) as Forms;
  const adds = Object.entries(forms.add).map(([name, form]): DocumentedExchange => {
    const input = { service: form['service'] ?? '', details: ADD_DETAILS[name] ?? { form: 'other', parameters: [] } };
    return exchange(panel, { operation: 'add', input: fitted(input, form), expected: PLACED }, form, `add ${name}`);
  });
  return [...OPERATIONS.map((row) => exchange(panel, row, forms[row.operation])), servicesExchange(panel), ...adds];
}

function exchange(
  panel: DocumentedPanel,
  row: DocumentedOperation,
  form: WireForm,
  title: string = row.operation,
): DocumentedExchange {
  const action = form['action'] as Action;
  return { ...panel, ...row, title, action, form, reply: readFixture(panel, row.operation) };
}

function servicesExchange(panel: DocumentedPanel): DocumentedExchange {
  const expected = {
    services: SERVICES[panel.panel].map((each) => ({ ...each, panel: panel.panel })),
    skippedCount: 0,
  };
  return exchange(panel, { operation: 'services', expected }, { action: 'services' });
}

/** pica-smm.com documents `interval` without `runs`: only what its form holds is filled in. */
function fitted(input: AddRequest, form: WireForm): AddRequest {
  if (input.details.form !== 'default' || Object.hasOwn(form, 'runs')) return input;
  const { runs: _, ...values } = input.details.values;
  return { ...input, details: { ...input.details, values } };
}

function readFixture({ panel }: DocumentedPanel, name: string): string {
  return readFileSync(new URL(`../fixtures/panels/${panel}/${name}.json`, import.meta.url), 'utf8');
}
