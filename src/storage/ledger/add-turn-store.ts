import type { Money } from '../../domain/money.ts';

/** Turns of adds at each account of a panel, among the gateways that share the ledger. */
export interface AddTurnStore {
  /**
   * Gives a PENDING placement of this store's owner the next turn of the account, unless `atOnce` others that are
   * PENDING have one. Turns rise at each account, with gaps. Null where the placement has to wait, or is not PENDING.
   */
  take(id: string, turn: { readonly account: string; readonly atOnce: number }): Promise<number | null>;
  /** The orders that other gateways placed in the turns between two. Null where the outcome of one is not known. */
  placedByOthers(
    account: string,
    turns: { readonly after: number; readonly before: number },
  ): Promise<readonly { readonly number: string; readonly charge: Money | null }[] | null>;
  /** Whether any gateway has asked one of these panels to cancel an order since then, in ms since 1970. */
  isCancelAsked(asked: { readonly panels: readonly string[]; readonly since: number }): Promise<boolean>;
}
