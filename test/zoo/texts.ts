/**
 * What panels answer to an order in words, in many languages. Collected without a look at the tables by which the
 * gateway recognises them, so that the share that it does not know is a fair one.
 */
import { BROKEN_TEXTS } from './broken-texts.ts';
import type { PanelText, TextClass, TextGroup } from './panel-text.ts';
import { REFUSAL_TEXTS } from './refusal-texts.ts';

export const PANEL_TEXTS: readonly PanelText[] = [
  ...REFUSAL_TEXTS.flatMap((group) => unfold('refusal', group)),
  ...BROKEN_TEXTS.flatMap((group) => unfold('broken', group)),
];

function unfold(textClass: TextClass, [language, status, envelope, texts]: TextGroup): PanelText[] {
  return texts.map((text) => ({ class: textClass, language, text, status, envelope }));
}
