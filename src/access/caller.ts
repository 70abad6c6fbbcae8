/** The caller of a request, who owns its placements and idempotency keys. Every command is given its caller. */
export interface Caller {
  /** The name under which the ledger keeps what the caller buys. */
  readonly name: string;
}

/** The only caller of a gateway without access tokens: anybody who can reach it. */
export const LOCAL_CALLER: Caller = { name: 'local' };
