/** Who asks: the owner of its placements and keys. Every command knows its caller, even while there is only one. */
export interface Caller {
  /** The name that owns what it buys. */
  readonly name: string;
}

/** The one caller of a gateway without tokens: whoever reaches its loopback address. */
export const LOCAL_CALLER: Caller = { name: 'local' };
