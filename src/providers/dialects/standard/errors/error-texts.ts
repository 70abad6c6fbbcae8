/**
 * All that an answer says in words, wherever web frameworks put it: an error is believed only where everything that
 * stands beside it agrees.
 */
import type { WireValue } from '../../../dialect.ts';
import { isList, isRecord, type WireRecord } from '../reading/envelope.ts';
import { readWords } from './error-words.ts';

/** Members that hold words; what stands beside them, such as a code or a link to a page, is not read. */
const WORD_MEMBERS = ['error', 'errors', 'message', 'msg', 'error_message', 'detail', 'details', 'reason'] as const;
/** What no field of an order is called. */
const NO_FIELD: ReadonlySet<string> = new Set(['body', 'query', 'form', 'non_field_errors', '__all__', 'data', 'base']);
/** A word, not a sentence, that only says that there is an error; and the texts of HTTP statuses. */
const TITLE =
  /^(?:errors?|fail(?:ed|ure)?|false|true|ok|validation (?:failed|errors?)|bad request|unprocessable (?:entity|content)|payment required|conflict|not acceptable)[.!]?$/i;
const MAX_DEPTH = 4;
const MAX_WIDTH = 10;

/** Every text, in the order of the answer, without titles such as "Bad Request" where more than that is said. */
export function findErrorTexts(value: WireValue | undefined): readonly string[] {
  const texts = [...new Set(textsOf(value, MAX_DEPTH))];
  const sentences = texts.filter((text) => !TITLE.test(text));
  return sentences.length > 0 ? sentences : texts;
}

/**
 * The texts of what serializers say field by field, as `{"link":["This field is required."]}`, each behind the name of
 * its field. Empty where the record is anything else.
 */
export function findFieldTexts(value: WireValue): readonly string[] {
  if (!isRecord(value)) return [];
  const members = Object.entries(value).slice(0, MAX_WIDTH);
  const isByField = members.length > 0 && members.every(([, said]) => isList(said) && said.every(isText));
  return isByField ? members.flatMap(([field, said]) => textsOf(said, 1).map((text) => withField(field, text))) : [];
}

function textsOf(value: WireValue | undefined, depth: number): string[] {
  if (typeof value === 'string') {
    const words = readWords(value);
    return words === null || /^(?:true|false)$/i.test(words) ? [] : [words];
  }
  if (isList(value)) return depth === 0 ? [] : value.slice(0, MAX_WIDTH).flatMap((each) => textsOf(each, depth - 1));
  return isRecord(value) && depth > 0 ? textsOfRecord(value, depth) : [];
}

function textsOfRecord(record: WireRecord, depth: number): string[] {
  const located = locatedText(record);
  if (located !== null) return [located];
  const named = WORD_MEMBERS.flatMap((name) => textsOf(record[name], depth - 1));
  if (isText(record['data'])) named.push(...textsOf(record['data'], 1));
  if (named.length > 0 || depth === MAX_DEPTH) return named;
  return Object.values(record)
    .slice(0, MAX_WIDTH)
    .flatMap((each) => textsOf(each, depth - 1));
}

/** An error as pydantic has it: where it stands, and what it says. */
function locatedText({ loc: where, msg: says }: WireRecord): string | null {
  if (!isList(where) || !isText(says)) return null;
  return withField(where.filter(isText).at(-1) ?? '', says.trim());
}

function withField(field: string, text: string): string {
  return field === '' || NO_FIELD.has(field) || /^\d/.test(field) ? text : `${field}: ${text}`;
}

function isText(value: WireValue | undefined): value is string {
  return typeof value === 'string';
}
