/** What the gateway has recorded, by idempotency key. */
import type { TestGateway } from '../../support/gateway.ts';

export interface RecordedPlacement {
  readonly idempotencyKey: string;
  readonly state: 'PENDING' | 'PLACED' | 'REJECTED' | 'UNKNOWN';
  readonly order: { readonly number: string } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

const QUERY = `query ($after: String) { placements(first: 200, after: $after) {
  nodes { idempotencyKey state order { number } error { code message } } pageInfo { hasNextPage endCursor } } }`;

export async function readPlacements(gateway: TestGateway): Promise<Map<string, RecordedPlacement>> {
  const found = new Map<string, RecordedPlacement>();
  let after: string | null = null;
  do {
    const { data, errors } = await gateway.ask(QUERY, { after });
    if (errors) throw new Error(errors.map(({ message }) => message).join());
    for (const node of data.placements.nodes) found.set(node.idempotencyKey, node);
    const { hasNextPage, endCursor } = data.placements.pageInfo;
    after = hasNextPage ? endCursor : null;
  } while (after !== null);
  return found;
}
