/** Keeps a panel's key out of everything that leaves the transport: panels echo it in their error texts. */
const MASK = '[key]';
/** Shorter keys would also blank out ordinary words of an answer. */
const MIN_BODY_KEY_LENGTH = 8;
const MAX_MESSAGE_LENGTH = 300;

export interface Redaction {
  /** A whole answer, before it is parsed. */
  body(text: string): string;
  /** A sentence for people: redacted, on one line, of bounded length. */
  message(text: string): string;
}

export function createRedaction(key: string): Redaction {
  const forms = [...new Set([key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)])];
  const mask = (text: string): string => forms.reduce((result, each) => result.replaceAll(each, MASK), text);
  const inBodies = key.length >= MIN_BODY_KEY_LENGTH && !/^\d+$/.test(key);
  return {
    body: (text) => (inBodies ? mask(text) : text),
    message: (text) => {
      const line = mask(text).replace(/\s+/g, ' ').trim();
      return line.length > MAX_MESSAGE_LENGTH ? `${line.slice(0, MAX_MESSAGE_LENGTH)}…` : line;
    },
  };
}
