/** How the peers call the panel: a pool of kept connections, a form, JSON back. */
import { Pool } from 'undici';

const url = new URL(process.env.PANEL_URL ?? '');
const pool = new Pool(url.origin, { connections: 256 });

export interface PanelStatus {
  readonly charge: string;
  readonly currency: string;
  readonly status: string;
  readonly remains: string;
  readonly error?: string;
}

export interface PanelService {
  readonly service: number;
  readonly name: string;
  readonly category: string;
  readonly rate: string;
  readonly min: string;
  readonly max: string;
  readonly type: string;
}

async function callPanel(fields: Record<string, string>): Promise<unknown> {
  const { body } = await pool.request({
    method: 'POST',
    path: url.pathname,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ key: process.env.PANEL_KEY ?? '', ...fields }).toString(),
  });
  const answer = (await body.json()) as { error?: string };
  if (answer.error) throw new Error(answer.error);
  return answer;
}

export async function fetchStatus(id: string): Promise<PanelStatus> {
  return (await callPanel({ action: 'status', order: id })) as PanelStatus;
}

/** In the order of `ids`; in calls of up to 100. */
export async function fetchStatuses(ids: readonly string[]): Promise<PanelStatus[]> {
  if (ids.length === 1) return [await fetchStatus(ids[0]!)];
  const batches = [];
  for (let at = 0; at < ids.length; at += 100) {
    batches.push(callPanel({ action: 'status', orders: ids.slice(at, at + 100).join(',') }));
  }
  const byId: Record<string, PanelStatus> = Object.assign({}, ...(await Promise.all(batches)));
  return ids.map((id) => byId[id]!);
}

export async function addOrder(service: string, link: string, quantity: number): Promise<string> {
  const answer = await callPanel({ action: 'add', service, link, quantity: String(quantity) });
  return String((answer as { order: number }).order);
}

let services: Promise<PanelService[]> | undefined;

/** Fetched once, then kept. */
export function fetchServices(): Promise<PanelService[]> {
  services ??= callPanel({ action: 'services' }) as Promise<PanelService[]>;
  return services;
}
