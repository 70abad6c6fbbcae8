/** What can go wrong with a purchase, as members of the result unions: the type says what happened to the money. */
import { CallerError, type InputIssue, ProviderError } from '../domain/errors.ts';
import type { PlacementRecord } from '../storage/ledger/ledger-store.ts';
import { builder } from './builder.ts';
import type { RequestContext } from './context.ts';
import { getPanel, PanelType, type PanelView, recordedPanel } from './panels/panel.ts';

const InputIssueType = builder.objectRef<InputIssue>('InputIssue').implement({
  description: 'One thing wrong with an input.',
  fields: (t) => ({
    path: t.stringList({
      description: 'Where, from the input downwards, such as `details`, `default`, `quantity`.',
      resolve: ({ path }) => [...path],
    }),
    message: t.exposeString('message', { description: 'What is wrong and what would be right.' }),
  }),
});

/** An expected failure as data. Wrapped, since an Error that a resolver returns counts as thrown. */
export interface FailureOf<E extends CallerError | ProviderError> {
  readonly failure: E;
  /** The record of a purchase that failed; null where nothing was written. */
  readonly placement?: PlacementRecord | null;
}
export type Failure = FailureOf<CallerError> | FailureOf<ProviderError>;

export const ErrorInterface = builder.interfaceRef<Failure>('Error').implement({
  description:
    'What can go wrong, as data. `code` is stable. The types say what happened to the money: InvalidInput, ' +
    'PanelRejected, PanelUnavailable: nothing was bought. OutcomeUnknown: it may have been bought.',
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
  description: 'Refused by the gateway before anything was sent.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    issues: t.field({
      type: [InputIssueType],
      description: 'Every problem with its path.',
      resolve: ({ failure }) => [...failure.issues],
    }),
  }),
});

/** Also of a panel that is configured no more: a replay tells what happened then. */
function panelOf({ failure, placement }: FailureOf<ProviderError>, _args: object, context: RequestContext): PanelView {
  return getPanel(failure.panel, context, placement ? recordedPanel(placement) : undefined);
}

const panelField = {
  description: 'The panel.',
  type: PanelType,
} as const;

export const PanelRejectedType = builder.objectRef<FailureOf<ProviderError>>('PanelRejected').implement({
  description: "The panel said no; nothing was bought. `message` is the gateway's sentence.",
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
    'Nothing was sent by this request, or nothing could have been: circuit open, connection refused, rate limit, a ' +
    'ledger that is away. Safe to try again under the same key, and only under it where an earlier request used it.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    panel: t.field({ ...panelField, resolve: panelOf }),
    retryAfterMs: t.int({
      nullable: true,
      description: 'Milliseconds after which a repeat makes sense; null where nothing is known.',
      resolve: ({ failure: { retryAfterMs } }) =>
        retryAfterMs === null ? null : Math.min(Math.ceil(retryAfterMs), 2 ** 31 - 1),
    }),
  }),
});

export const OutcomeUnknownType = builder.objectRef<FailureOf<ProviderError>>('OutcomeUnknown').implement({
  description: 'Sent, and no trustworthy answer. Do not repeat it under another idempotency key.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    panel: t.field({ ...panelField, resolve: panelOf }),
  }),
});

type FailureTypeName = 'InvalidInput' | 'PanelRejected' | 'PanelUnavailable' | 'OutcomeUnknown';

/** The member of the result unions that tells of a failure. */
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

/** Tells the members of a result union apart: a failure, or the one success. */
export function resultTypeOf<S extends string>(success: S): (result: object) => S | FailureTypeName {
  return (result) => ('failure' in result ? failureTypeOf(result as Failure) : success);
}

/** An expected failure as data; anything else is thrown on. */
export function asFailure(error: unknown): Failure {
  if (error instanceof CallerError) return { failure: error };
  if (error instanceof ProviderError) return { failure: error };
  throw error;
}
