/** What a panel answers to an order in words, and how the words are wrapped. */

/**
 * `refusal`: the panel has looked at the order and said no. `broken`: something of the panel's own, or of what it is
 * built on, has failed at a moment that the text does not tell; or it tells that the order was made.
 */
export type TextClass = 'refusal' | 'broken';

/** How the words are wrapped. */
export type Envelope = keyof typeof ENVELOPES;

export interface PanelText {
  readonly class: TextClass;
  readonly language: string;
  readonly text: string;
  readonly status: number;
  readonly envelope: Envelope;
}

/** A language, an HTTP status, an envelope, and what comes in them. */
export type TextGroup = readonly [language: string, status: number, envelope: Envelope, texts: readonly string[]];

const ENVELOPES = {
  error: (text: string) => ({ error: text }),
  'error in a list': (text: string) => ({ error: [text] }),
  'error in an object': (text: string) => ({ error: { code: 1004, message: text } }),
  message: (text: string) => ({ status: 'error', message: text }),
  'no success': (text: string) => ({ success: false, message: text }),
  errors: (text: string) => ({ errors: [text] }),
  'errors by field': (text: string) => ({ message: 'The given data was invalid.', errors: { link: [text] } }),
  detail: (text: string) => ({ detail: text }),
  'detail in an object': (text: string) => ({ detail: { error: text } }),
  'detail in a list': (text: string) => ({ detail: [{ loc: ['body', 'link'], msg: text, type: 'value_error' }] }),
} as const;

export function wrap({ text, envelope }: PanelText): object {
  return ENVELOPES[envelope](text);
}
