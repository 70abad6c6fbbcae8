/** Reads a long list of services in one go: in a thread of its own, or where nobody else waits. */
import type { DialectName } from '../../config/presets.ts';
import { getDialect } from '../dialects/index.ts';
import { readAnswer } from '../json/exact-json.ts';
import { withOwnPhrases } from '../own-phrases.ts';
import { createRedaction } from '../transport/redaction.ts';
import { UnreadableAnswerError } from '../unreadable-answer.ts';
import type { LongList, LongListReader, LongListReading } from './long-list.ts';

/** For a process that serves nobody. */
export const readingOnTheSpot: LongListReader = { read: async (list) => readLongList(list) };

export function readLongList({ bytes, key, ...of }: LongList): LongListReading {
  const dialect = withOwnPhrases(getDialect(of.dialect as DialectName), of.refusals);
  const context = { panel: of.panel, at: new Date(of.at), httpStatus: of.httpStatus };
  const text = createRedaction(key).body(Buffer.from(bytes).toString());
  try {
    return readAnswer(text, (json): LongListReading => {
      const outline = dialect.services.outline(json);
      const refusal = dialect.decodeRefusal(outline.digest, 'services', context);
      if (refusal) return { kind: 'refused', refusal };
      const list = outline.decode(context);
      return list ? { kind: 'found', list } : { kind: 'unreadable', why: NOT_A_LIST };
    });
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return { kind: 'unreadable', why: error.message };
    if (error instanceof SyntaxError) return { kind: 'unreadable', why: NO_JSON };
    throw error;
  }
}

const NOT_A_LIST = 'not what the protocol says';
const NO_JSON = 'it is no whole JSON';
