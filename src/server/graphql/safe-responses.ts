/**
 * Keeps stacks from clients. Yoga answers what breaks before its own handling of errors, such as a URL that it cannot
 * build, with the stack as plain text, and tells nobody.
 */
import { createYoga, type FetchAPI } from 'graphql-yoga';
import { refusalResult, UNEXPECTED_FAILURE } from '../http/json-response.ts';
import type { UnexpectedErrorListener } from './error-format.ts';

/** Yoga's own fetch API, whose responses of such failures are UNEXPECTED_FAILURE. `onUnexpected` hears of each. */
export function createSafeFetchApi(onUnexpected: UnexpectedErrorListener): FetchAPI {
  const { fetchAPI } = createYoga({ logging: false });
  class SafeResponse extends fetchAPI.Response {
    constructor(body?: BodyInit | null, init?: ResponseInit) {
      if (isStack(body, init)) {
        onUnexpected('request', Object.assign(new Error('Yoga failed.'), { stack: body }));
        super(UNEXPECTED_TEXT, { status: UNEXPECTED_FAILURE.status, headers: JSON_HEADERS });
      } else super(body, init);
    }
  }
  return { ...fetchAPI, Response: SafeResponse };
}

const UNEXPECTED_TEXT = JSON.stringify(refusalResult(UNEXPECTED_FAILURE));
const JSON_HEADERS = { 'Content-Type': 'application/json; charset=utf-8' };

/** What Yoga answers on purpose always has headers. */
const isStack = (body?: BodyInit | null, init?: ResponseInit): boolean =>
  typeof body === 'string' && body !== '' && init?.headers === undefined && (init?.status ?? 200) >= 400;
