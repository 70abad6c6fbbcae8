import { isLoopbackHost } from '../loopback.ts';

const EXAMPLE = 'such as https://panel.example/api/v2';

/** What is wrong with the form of an endpoint, as problem and hint; null where it may be used. */
export function findUrlProblem(value: unknown): { problem: string; hint?: string } | null {
  if (typeof value !== 'string') return { problem: 'must be text', hint: EXAMPLE };
  const url = URL.parse(value);
  if (url === null || !/^https?:\/\//i.test(value.trim())) return { problem: 'must be an https URL', hint: EXAMPLE };
  if (url.username !== '' || url.password !== '') {
    return { problem: 'must not hold a user name or password', hint: 'the panel knows you by `key`' };
  }
  return null;
}

/** Whether the key would travel in the clear: http beyond this machine. */
export function isInsecureUrl(value: unknown): boolean {
  const url = typeof value === 'string' ? URL.parse(value) : null;
  return url?.protocol === 'http:' && !isLoopbackHost(url.hostname);
}
