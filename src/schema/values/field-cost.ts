/**
 * What a field costs, told beside its resolver. An operation is weighed by these costs before it runs
 * (`server/graphql/weight`). A field without a cost gives one value and asks no panel.
 */

export interface FieldCost {
  /**
   * The number of items in the field's list: as many as a list argument holds, as many as the page of the connection,
   * one for each panel, or about so many.
   */
  readonly items?: ItemCount;
  /** Whether each item counts as a row. Short lists that belong to their item do not. */
  readonly areRows?: boolean;
  /** What each item asks of its panel. Look-ups of one level of the operation share calls. */
  readonly lookUps?: LookUpKind;
  /** Calls to a panel for each item, which share none. */
  readonly callsEach?: number;
  /** Each item asks its panel, a connection asks all panels; no panel more than once, however often it is in doubt. */
  readonly eachPanel?: PanelQuestion;
  /** The field is a connection: its arguments `first` and `last` are the size of its page. */
  readonly isConnection?: boolean;
}

export type ItemCount =
  | { readonly argument: string; readonly otherwise?: 'panels' }
  | 'page'
  | 'panels'
  | { readonly about: number };
/** `command` stands for refills and cancellations. */
export type LookUpKind = 'order' | 'refill' | 'command';
export type PanelQuestion = 'balance' | 'services';

/** The extensions of a field with this cost. */
export function costOf(cost: FieldCost): { readonly cost: FieldCost } {
  return { cost };
}

/** The cost of a field by its extensions. */
export function readCost(extensions: Readonly<Record<string, unknown>>): FieldCost | undefined {
  return extensions['cost'] as FieldCost | undefined;
}
