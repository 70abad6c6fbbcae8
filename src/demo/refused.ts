/** The panel says no: `message` is the text of its `{"error"}`. Nothing has happened by then. */
export class Refused extends Error {}
