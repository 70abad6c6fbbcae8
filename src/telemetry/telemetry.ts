/** What the parts of the gateway tell of themselves: one function an event, a log line and a metric together. */
export interface Telemetry {
  /** One call to a panel is over; `code` is null where it succeeded. */
  panelCallEnded(event: {
    readonly panel: string;
    readonly action: string;
    readonly ms: number;
    readonly code: string | null;
  }): void;
  /** A panel used a word for a status that the gateway does not know. */
  unknownStatusWord(event: { readonly panel: string; readonly word: string }): void;
  /** A panel refused an order in words that the gateway does not know; `phrase` holds no key. */
  unknownRefusalPhrase(event: { readonly panel: string; readonly phrase: string }): void;
  /** A placement has its outcome, stored. */
  placementSettled(event: { readonly panel: string; readonly state: string; readonly code: string | null }): void;
  /** A panel has charged more than the placement allowed, or clearly more than it was expected to; amounts as `1 USD`. */
  chargeTooHigh(event: {
    readonly panel: string;
    readonly orderNumber: string;
    readonly placement: string;
    readonly charge: string;
    readonly above: 'maxCharge' | 'estimatedCharge';
    readonly limit: string;
  }): void;
  /** The store is away and an outcome waits to be written: all that is known of it, for who must not lose it. */
  outcomeNotStored(event: { readonly reason: string; readonly [name: string]: unknown }): void;
  /** Something that nobody foresaw; `where` names the place. */
  unexpectedError(where: string, error: unknown): void;
}

/** Tells nobody: for tests and for commands that print their own result. */
export const silentTelemetry: Telemetry = {
  panelCallEnded: () => {},
  unknownStatusWord: () => {},
  unknownRefusalPhrase: () => {},
  placementSettled: () => {},
  chargeTooHigh: () => {},
  outcomeNotStored: () => {},
  unexpectedError: () => {},
};
