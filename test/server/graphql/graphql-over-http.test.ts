import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openToyServer, type ToyServer } from '../toy-server.ts';

describe('the GraphQL-over-HTTP audit', () => {
  let toy: ToyServer;
  beforeAll(async () => {
    toy = await openToyServer();
  });
  afterAll(() => toy.server.close({ timeoutMs: 100 }));

  const audits = serverAudits({ url: () => toy.graphqlUrl });

  it('has all of its audits', () => {
    expect(audits.length).toBeGreaterThan(50);
  });

  for (const audit of audits) {
    // What the server MAY do is its own choice: no forms, as they run without a preflight.
    if (audit.name.startsWith('MAY')) continue;
    it(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      expect(result.status, 'reason' in result ? result.reason : undefined).toBe('ok');
    });
  }
});
