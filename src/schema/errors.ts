/** The failures that are members of the result unions. The type of a failure says what has happened to the money. */
import { CallerError, type InputIssue, ProviderError } from '../domain/errors.ts';
import type { PlacementRecord } from '../storage/ledger/ledger-store.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { getPanel, PanelType, type PanelView, recordedPanel } from './panels/panel.ts';
import { costOf } from './values/field-cost.ts';

const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One problem of an input.',
  fields: (t) => ({
    path: t.stringList({
      description: 'Where the problem is, from the input downwards, such as `details`, `default`, `quantity`.',
      resolve: ({ path }) => [...path],
    }),
    message: t.exposeString('message', { description: 'What is wrong, and how to correct it.' }),
  }),
});

/** An expected failure as data. The error is wrapped, since an Error that a resolver returns counts as thrown. */
export interface FailureOf<E extends CallerError | ProviderError> {
  readonly failure: E;
  /** The record of a purchase that failed; null where nothing was written. */
  readonly placement?: PlacementRecord | null;
}
export type Failure = FailureOf<CallerError> | FailureOf<ProviderError>;

export const ErrorInterface = builder.interfaceRef<Failure>('Error').implement({
  description:
    'An expected failure. Its type says what has happened to the money. InvalidInput, PanelRejected and ' +
    'PanelUnavailable: nothing was bought. OutcomeUnknown: it may have been bought.',
  resolveType: failureTypeOf,
  fields: (t) => ({
    message: t.string({ description: 'A sentence for people.', resolve: ({ failure }) => failure.message }),
    code: t.string({
      description: 'A word for programs, such as `INSUFFICIENT_FUNDS`; stable.',
      resolve: ({ failure }) => failure.code,
    }),
  }),
});

export const InvalidInputType = builder.objectRef<FailureOf<CallerError>>('InvalidInput').implement({
  description: 'The gateway refused the input before anything was sent.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.field({
      type: [InputIssueType],
      description: 'Every problem of the input, with its path.',
      extensions: costOf({ items: { about: 5 }, areRows: true }),
      resolve: ({ failure }, _args, { rows }) => rows.handOut(failure.issues),
    }),
  }),
});

/** The panel of a replayed failure may no longer be configured; the placement remembers it. */
function panelOf({ failure, placement }: FailureOf<ProviderError>, _args: object, context: RequestContext): PanelView {
  return getPanel(failure.panel, context, placement ? recordedPanel(placement) : undefined);
}

const panelField = {
  description: 'The panel.',
  type: PanelType,
} as const;

export const PanelRejectedType = builder.objectRef<FailureOf<ProviderError>>('PanelRejected').implement({
  description: 'The panel refused; nothing was bought. `message` is a sentence of the gateway.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    panel: t.field({ ...panelField, resolve: panelOf }),
    panelMessage: t.string({
      description: "The panel's own words.",
      resolve: ({ failure }) => failure.panelMessage ?? '',
    }),
  }),
});

export const PanelUnavailableType = builder.objectRef<FailureOf<ProviderError>>('PanelUnavailable').implement({
  description:
    'This request has bought nothing: the circuit was open, the connection failed, a rate limit was reached, or the ' +
    'ledger was away. Safe to repeat under the same key. Do not change a key that an earlier request has used.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    panel: t.field({ ...panelField, resolve: panelOf }),
    retryAfterMs: t.int({
      nullable: true,
      description: 'Milliseconds after which a repeat makes sense; null where that is not known.',
      resolve: ({ failure: { retryAfterMs } }) =>
        retryAfterMs === null ? null : Math.min(Math.ceil(retryAfterMs), 2 ** 31 - 1),
    }),
  }),
});

export const OutcomeUnknownType = builder.objectRef<FailureOf<ProviderError>>('OutcomeUnknown').implement({
  description: 'The request was sent, but no trustworthy answer came. Do not repeat it under another idempotency key.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    panel: t.field({ ...panelField, resolve: panelOf }),
  }),
});

type FailureTypeName = 'InvalidInput' | 'PanelRejected' | 'PanelUnavailable' | 'OutcomeUnknown';

/** The type of a failure in the result unions. */
export function failureTypeOf({ failure }: Failure): FailureTypeName {
  if (!(failure instanceof ProviderError)) return 'InvalidInput';
  switch (failure.outcome) {
    case 'rejected':
      return 'PanelRejected';
    case 'not-sent':
      return 'PanelUnavailable';
    case 'unknown':
      return 'OutcomeUnknown';
  }
}

/** Resolves the type of a result: that of its failure, or the one success type. */
export function resultTypeOf<S extends string>(success: S): (result: object) => S | FailureTypeName {
  return (result) => ('failure' in result ? failureTypeOf(result as Failure) : success);
}

/** Wraps an expected failure, and throws any other error. */
export function asFailure(error: unknown): Failure {
  if (error instanceof CallerError) return { failure: error };
  if (error instanceof ProviderError) return { failure: error };
  throw error;
}
