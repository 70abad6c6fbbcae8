/**
 * What a field costs, declared beside its resolver. An operation is weighed by these costs before it runs
 * (`server/graphql/weight`). A field without a cost gives one value and asks no panel.
 */

export interface FieldCost {
  /**
   * How many items the field's list has: as many as a list argument, as many as the connection's page, one for each
   * panel, or about so many.
   */
  readonly items?: ItemCount;
  /** Whether each item counts as a row. The items of short lists that belong to another item do not. */
  readonly areRows?: boolean;
  /** What each item looks up at its panel. The look-ups of one level of the operation share calls. */
  readonly lookUps?: LookUpKind;
  /** The calls to a panel for each item, which items do not share. */
  readonly callsEach?: number;
  /** What each item asks of its panel, and a connection of all panels. One call to a panel serves all who ask it. */
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
