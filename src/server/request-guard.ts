/**
 * Who may speak to the gateway at all: this machine, directly, and no web page but its own.
 *
 * Without tokens the loopback address is the only lock. Three things would open it from outside: a web page whose
 * name is bound to 127.0.0.1 (its Host header gives it away), a proxy that hands the world's requests on (its
 * Forwarded headers do), and a foreign page that posts blindly (its Origin does).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopbackHost } from '../config/loopback.ts';
import type { ServerConfig } from '../config/server-config.ts';
import type { Refusal } from './json-response.ts';

type GuardConfig = Pick<ServerConfig, 'allowedHosts' | 'corsOrigins'>;

/** Says why a request is refused before anything of it is read; null for one that may pass. */
export function findRefusal(
  { method, headers }: { method?: string | undefined; headers: IncomingHttpHeaders },
  config: GuardConfig,
): Refusal | null {
  const host = headers.host ?? '';
  if (!isAllowedHost(host, config.allowedHosts)) {
    return forbidden(
      `The Host header ${quote(host)} is not this machine: use http://127.0.0.1, http://localhost or http://[::1], or add the name to server.allowedHosts.`,
    );
  }
  const forwarded = Object.keys(headers).find((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  if (forwarded) {
    return forbidden(`A proxy has forwarded this request (header ${forwarded}): ask the gateway directly.`);
  }
  // The answer to a preflight of a foreign page is one without permission; the browser then sends nothing more.
  if (method !== 'OPTIONS' && headers.origin !== undefined && !isAllowedOrigin(headers.origin, host, config)) {
    return forbidden(`The origin ${quote(headers.origin)} may not call this gateway: add it to server.corsOrigins.`);
  }
  return null;
}

function isAllowedHost(host: string, allowedHosts: readonly string[]): boolean {
  const name = /^(\[[^\]]+\]|[^:]+)(?::\d{1,5})?$/.exec(host)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  return isLoopbackHost(name) || allowedHosts.some((allowed) => allowed.toLowerCase() === name);
}

/** Its own page, or a site of `corsOrigins`. "null" (a sandbox, a file, a redirect) is as foreign as any other. */
function isAllowedOrigin(origin: string, host: string, { corsOrigins }: GuardConfig): boolean {
  return corsOrigins.includes(origin) || /^https?:\/\/(.+)$/.exec(origin)?.[1]?.toLowerCase() === host.toLowerCase();
}

const forbidden = (message: string): Refusal => ({ status: 403, code: 'FORBIDDEN', message });

/** A header as text in a message: bounded, and with nothing that a terminal would obey. */
const quote = (text: string): string => JSON.stringify(text.slice(0, 100));
