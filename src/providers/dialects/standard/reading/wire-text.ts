/** Text as panels write it, made fit to be shown and stored. */
import { decodeHTMLStrict } from 'entities';

/** Databases refuse some of these, terminals obey others; tab and line breaks are not among them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Trimmed, well-formed Unicode without control characters. */
export function cleanText(text: string): string {
  return text.toWellFormed().replace(CONTROL, '').trim();
}

/** At most so many UTF-16 units of a text, without half a character at the end. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end).trimEnd();
}

/** HTML entities decoded, every run of white space one space. */
export function decodeLine(text: string): string {
  return cleanText(decodeEntities(text)).replace(/\s+/g, ' ');
}

/** HTML entities decoded, line breaks as `\n`. */
export function decodeParagraphs(text: string): string {
  return cleanText(decodeEntities(text).replace(/\r\n?/g, '\n'));
}

/** Only entities that end in a semicolon: `?a=1&copy=2` is no copyright sign. */
function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTMLStrict(text) : text;
}
