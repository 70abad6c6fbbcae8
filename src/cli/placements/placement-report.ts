/** Shows placements to an operator: a small table for each, and below them how to settle an unknown one. */
import { formatId, formatPlacementId } from '../../domain/ids.ts';
import type { ListedPlacements, PlacementRecord } from '../../storage/ledger/placements/placement-records.ts';
import { formatTable, printable } from '../table.ts';
import { describeEvidence, toEvidence } from './evidence-report.ts';
import { describeUnknownPhrases } from './unknown-phrases.ts';

/** The filter, as the person typed it. */
export interface AskedFor {
  readonly state?: string;
  readonly panel?: string;
}

export function describePlacements({ placements, hasNextPage }: ListedPlacements, asked: AskedFor): string {
  if (placements.length === 0) return `There are no ${whichOf(asked)}.`;
  const unknown = placements.find(({ state }) => state === 'UNKNOWN');
  return [
    ...placements.map(describePlacement),
    ...(hasNextPage ? ['There are more: see --limit.'] : []),
    ...describeUnknownPhrases(placements),
    ...(unknown ? [howToSettle(unknown)] : []),
  ].join('\n\n');
}

/** A placement as data: each field that matters to a person, under its name in the API where it has one. */
export function toJson(placement: PlacementRecord): object {
  const { panel, serviceNumber, orderNumber } = placement;
  return {
    id: formatPlacementId(placement.id),
    state: placement.state,
    createdAt: isoOf(placement.createdAt),
    sentAt: isoOf(placement.sentAt),
    settledAt: isoOf(placement.settledAt),
    settledBy: placement.settledBy,
    panel,
    panelHost: placement.panelHost,
    serviceId: formatId('Service', { panel, number: serviceNumber }),
    details: placement.details,
    estimatedCharge: placement.estimatedCharge,
    balanceEvidence: toEvidence(placement.balanceEvidence),
    error: placement.error,
    orderId: orderNumber === null ? null : formatId('Order', { panel, number: orderNumber }),
    orderStatus: placement.orderStatus,
    reference: placement.reference,
    idempotencyKey: placement.idempotencyKey,
    caller: placement.caller,
    attempt: placement.attempt,
  };
}

function whichOf({ state, panel }: AskedFor): string {
  const placements = state === undefined ? 'placements' : `${state} placements`;
  return panel === undefined ? placements : `${placements} of the panel ${panel}`;
}

function describePlacement(placement: PlacementRecord): string {
  const { state, estimatedCharge, error, orderNumber, orderStatus, sentAt } = placement;
  const { link, quantity, rest } = readDetails(placement.details);
  const rows: readonly (readonly [string, string | null])[] = [
    ['placement', formatPlacementId(placement.id)],
    ['state', state],
    ['created', isoOf(placement.createdAt)],
    ['sent', isoOf(sentAt) ?? 'never'],
    ['panel', `${placement.panel} (${placement.panelHost})`],
    ['service', placement.serviceNumber],
    ['link', link],
    ['quantity', quantity],
    ['details', rest],
    ['charge', estimatedCharge ? `${estimatedCharge.amount} ${estimatedCharge.currency}, estimated` : 'not known'],
    ['balance', describeEvidence(placement.balanceEvidence)],
    ['order', orderNumber === null ? null : `${orderNumber} (${orderStatus ?? 'status not known'})`],
    ['error', error && `${error.code}: ${error.message}`],
    ['panel said', error?.panelMessage ?? null],
    ['reference', placement.reference],
    ['key', placement.idempotencyKey],
  ];
  return formatTable(rows.flatMap(([name, value]) => (value === null ? [] : [[name, printable(value)]])));
}

interface ReadDetails {
  readonly link: string | null;
  readonly quantity: string | null;
  /** The other fields in one line. */
  readonly rest: string | null;
}

/** Reads what was kept as given: one form with its fields, or a list of the panel's own parameters. */
function readDetails(details: unknown): ReadDetails {
  const fields = new Map(fieldsOf(details).filter(([, value]) => value !== null && value !== undefined));
  const take = (name: string): string | null => {
    const value = fields.get(name);
    fields.delete(name);
    return value === undefined ? null : String(value);
  };
  const link = take('link');
  const quantity = take('quantity');
  const rest = Array.from(fields, ([name, value]) => `${name} ${shorten(value)}`).join(', ');
  return { link, quantity, rest: rest === '' ? null : rest };
}

function fieldsOf(details: unknown): [string, unknown][] {
  if (!isRecord(details)) return [];
  return Object.values(details).flatMap((form) => {
    if (Array.isArray(form))
      return form.filter(isRecord).map(({ name, value }): [string, unknown] => [String(name), value]);
    return isRecord(form) ? Object.entries(form) : [];
  });
}

/** A list of comments may have thousands of lines. */
function shorten(value: unknown): string {
  if (Array.isArray(value)) {
    const [first] = value;
    return value.length === 1 ? shorten(first) : `${shorten(first)} and ${value.length - 1} more`;
  }
  const text = String(value);
  return text.length > LONGEST_FIELD ? `${text.slice(0, LONGEST_FIELD)}…` : text;
}
const LONGEST_FIELD = 60;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function howToSettle({ id, panel }: PlacementRecord): string {
  return `To settle one, look in the panel's own list of orders for the service, the link and the quantity at the time
it was sent. Then tell the gateway, once, what you have found there, such as:

  mutation {
    resolvePlacement(input: { id: "${formatPlacementId(id)}", outcome: { orderNumber: "<number at ${panel}>" } }) {
      __typename
      ... on InvalidInput { issues { message } }
    }
  }

Where the panel has no such order: outcome: { notPlaced: true }. From then on its key answers by what you have said.`;
}

/** As the API writes instants. */
function isoOf(instant: number): string;
function isoOf(instant: number | null): string | null;
function isoOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
