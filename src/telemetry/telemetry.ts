/** The events that the gateway reports: one function for each, which writes its log line and its metric. */
export interface Telemetry {
  /** A call to a panel has ended. `code` is null where it succeeded. */
  panelCallEnded(event: {
    readonly panel: string;
    readonly action: string;
    readonly ms: number;
    readonly code: string | null;
  }): void;
  /** A panel used a word for a status that the gateway does not know. */
  unknownStatusWord(event: { readonly panel: string; readonly word: string }): void;
  /** A panel refused an order in words that the gateway does not know. `phrase` holds no key. */
  unknownRefusalPhrase(event: { readonly panel: string; readonly phrase: string }): void;
  /** The outcome of a placement has been stored. */
  placementSettled(event: { readonly panel: string; readonly state: string; readonly code: string | null }): void;
  /** A panel has charged more than the placement allows, or clearly more than estimated. Amounts read `1 USD`. */
  chargeTooHigh(event: {
    readonly panel: string;
    readonly orderNumber: string;
    readonly placement: string;
    readonly charge: string;
    readonly above: 'maxCharge' | 'estimatedCharge';
    readonly limit: string;
  }): void;
  /** An outcome waits to be written, since the store is away. The event holds all that is known of the outcome. */
  outcomeNotStored(event: { readonly reason: string; readonly [name: string]: unknown }): void;
  /** An unforeseen error. `where` names the work that failed. */
  unexpectedError(where: string, error: unknown): void;
}

/** Reports nothing: for tests, and for commands that print their own result. */
export const silentTelemetry: Telemetry = {
  panelCallEnded: () => {},
  unknownStatusWord: () => {},
  unknownRefusalPhrase: () => {},
  placementSettled: () => {},
  chargeTooHigh: () => {},
  outcomeNotStored: () => {},
  unexpectedError: () => {},
};
