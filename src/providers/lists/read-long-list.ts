/** Reads a long list of services in one go: in the list thread, or where nobody else waits. */
import type { DialectName } from '../../config/presets.ts';
import { getDialect } from '../dialects/index.ts';
import { readAnswer } from '../json/exact-json.ts';
import { withOwnPhrases } from '../own-phrases.ts';
import { createRedaction } from '../transport/redaction.ts';
import { NOT_THE_PROTOCOL, UnreadableAnswerError } from '../unreadable-answer.ts';
import type { LongList, LongListReader, LongListReading } from './long-list.ts';

/** For a process that serves nobody. */
export const readingOnTheSpot: LongListReader = { read: async (list) => readLongList(list) };

export function readLongList({ bytes, key, ...list }: LongList): LongListReading {
  const dialect = withOwnPhrases(getDialect(list.dialect as DialectName), list.refusals);
  const context = { panel: list.panel, at: new Date(list.at), httpStatus: list.httpStatus };
  const text = createRedaction(key).body(Buffer.from(bytes).toString());
  try {
    return readAnswer(text, (json): LongListReading => {
      const outline = dialect.services.outline(json);
      const refusal = dialect.decodeRefusal(outline.digest, 'services', context);
      if (refusal) return { kind: 'refused', refusal };
      const services = outline.decode(context);
      return services ? { kind: 'found', list: services } : { kind: 'unreadable', why: NOT_THE_PROTOCOL };
    });
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return { kind: 'unreadable', why: error.message };
    if (error instanceof SyntaxError) return { kind: 'unreadable', why: NO_JSON };
    throw error;
  }
}

const NO_JSON = 'it is no whole JSON';
