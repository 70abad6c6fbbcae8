/**
 * Refuses every request that does not come directly from this machine, and from no web page but the gateway's own.
 *
 * Without tokens, the loopback address is the only protection. Three things would get around it: a web page whose name
 * resolves to 127.0.0.1 (recognised by the Host header), a proxy that forwards requests from outside (recognised by its
 * Forwarded headers), and a foreign page that posts without reading the answer (recognised by its Origin).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { isIPv6 } from 'node:net';
import { isLoopbackHost } from '../../config/loopback.ts';
import type { ServerConfig } from '../../config/shape/server-config.ts';
import type { RefusedRequest } from './json-response.ts';

type GuardConfig = Pick<ServerConfig, 'allowedHosts' | 'corsOrigins'>;

/** Says why a request is refused, from its head alone; null for a request that may pass. */
export function findRefusal(
  { method, headers }: { method?: string | undefined; headers: IncomingHttpHeaders },
  config: GuardConfig,
): RefusedRequest | null {
  const host = headers.host ?? '';
  if (!isAllowedHost(host, config.allowedHosts)) {
    return forbidden(
      `The Host header ${quote(host)} is not this machine: use http://127.0.0.1, http://localhost or http://[::1], or add the name to server.allowedHosts.`,
    );
  }
  const forwarded = findForwarded(headers);
  if (forwarded) {
    return forbidden(`A proxy has forwarded this request (header ${forwarded}): ask the gateway directly.`);
  }
  // A preflight of a foreign page is answered without permission, and the browser sends nothing more.
  if (method !== 'OPTIONS' && headers.origin !== undefined && !isAllowedOrigin(headers.origin, host, config)) {
    return forbidden(`The origin ${quote(headers.origin)} may not call this gateway: add it to server.corsOrigins.`);
  }
  return null;
}

function findForwarded(headers: IncomingHttpHeaders): string | undefined {
  for (const name in headers) {
    if (name.charCodeAt(0) === X && name.startsWith('x-forwarded-')) return name;
    if (name === 'forwarded') return name;
  }
  return undefined;
}
const X = 'x'.charCodeAt(0);

/** Host headers that were found allowed, since a client sends the same one with each request. */
const knownHosts = new WeakMap<readonly string[], Set<string>>();
const MAX_KNOWN_HOSTS = 100;
const MAX_PORT = 65_535;

function isAllowedHost(host: string, allowedHosts: readonly string[]): boolean {
  const known = knownHosts.get(allowedHosts) ?? new Set();
  if (known.has(host)) return true;
  if (!isAllowedName(host, allowedHosts)) return false;
  if (known.size < MAX_KNOWN_HOSTS) knownHosts.set(allowedHosts, known.add(host));
  return true;
}

function isAllowedName(host: string, allowedHosts: readonly string[]): boolean {
  const [, name = '', port = '0'] = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(host.toLowerCase()) ?? [];
  // A URL is made of it later, which must not fail.
  if (name === '' || Number(port) > MAX_PORT || (name.startsWith('[') && !isIPv6(name.slice(1, -1)))) return false;
  return isLoopbackHost(name) || allowedHosts.some((allowed) => allowed.toLowerCase() === name);
}

/** The gateway's own page, or a site of `corsOrigins`. "null" (a sandbox, a file, a redirect) is a foreign origin. */
function isAllowedOrigin(origin: string, host: string, { corsOrigins }: GuardConfig): boolean {
  const own = host.toLowerCase();
  return corsOrigins.includes(origin) || [`http://${own}`, `https://${own}`].includes(origin.toLowerCase());
}

const forbidden = (message: string): RefusedRequest => ({ status: 403, code: 'FORBIDDEN', message });

/** A header as it may stand in a message: shortened, and with control characters escaped. */
const quote = (text: string): string => JSON.stringify(text.slice(0, 100));
