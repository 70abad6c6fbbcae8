/** Keeps a panel's key out of everything that leaves the transport: panels repeat it in the texts of errors. */
const MASK = '[key]';
/** A shorter key may be an ordinary word of an answer. */
const MIN_BODY_KEY_LENGTH = 8;
const MAX_MESSAGE_LENGTH = 300;

export interface Redaction {
  /** A whole answer, before it is parsed. */
  body(text: string): string;
  /** A sentence for people: redacted, on one line, of bounded length. */
  message(text: string): string;
}

export function createRedaction(key: string): Redaction {
  const forms = writtenForms(key);
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

/** The ways in which a panel may write the key: as it is, as in a form or a URL, and as in JSON or HTML. */
function writtenForms(key: string): string[] {
  const json = JSON.stringify(key).slice(1, -1);
  const html = key.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const forms = [key, encodeURIComponent(key), new URLSearchParams([['', key]]).toString().slice(1), json, html];
  // PHP writes a slash in JSON as \/.
  const all = new Set([...forms, json.replaceAll('/', '\\/'), html.replaceAll("'", '&#039;')]);
  // The longest first: a shorter form may be part of a longer one.
  return [...all].sort((left, right) => right.length - left.length);
}
