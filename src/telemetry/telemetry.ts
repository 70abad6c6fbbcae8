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
  /** Something that nobody foresaw; `where` names the place. */
  unexpectedError(where: string, error: unknown): void;
}

/** Tells nobody: for tests and for commands that print their own result. */
export const silentTelemetry: Telemetry = {
  panelCallEnded: () => {},
  unknownStatusWord: () => {},
  unexpectedError: () => {},
};
