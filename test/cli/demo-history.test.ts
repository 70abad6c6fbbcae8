import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../config/config-file.ts';
import { type DemoGateway, startDemoGateway } from '../support/demo-gateway.ts';

describe('the history of the demo', () => {
  it('has an order at every stage, a refill under way, and an unknown one with its evidence', async () => {
    await using gateway = await startDemoGateway({ hasHistory: true });
    const stages = (await readHistory(gateway)).map(({ reference, state, order, balanceEvidence }) => [
      reference.replace("from the demo's history: ", ''),
      order?.status ?? state,
      order?.refills.map(({ status }) => status).join() || (balanceEvidence?.finding ?? ''),
    ]);
    expect(stages.toSorted()).toEqual([
      ['being refilled', 'COMPLETED', 'PENDING'],
      ['canceled', 'CANCELED', ''],
      ['delivered', 'COMPLETED', ''],
      ['partial', 'PARTIAL', ''],
      ['refillable', 'COMPLETED', ''],
      ['under way', 'IN_PROGRESS', ''],
      ['unknown', 'UNKNOWN', 'FELL_BY_CHARGE'],
      ['waiting', 'PENDING', ''],
    ]);
  });

  it('is made once for a ledger, and never added to one that holds orders', async () => {
    await using directory = await createDirectory();
    const store = `sqlite:${path.join(directory.path, 'demo.db')}`;
    const first = await startDemoGateway({ hasHistory: true, store });
    const made = await readHistory(first);
    await first[Symbol.asyncDispose]();
    await using again = await startDemoGateway({ hasHistory: true, store });
    expect((await readHistory(again)).map(({ id }) => id)).toEqual(made.map(({ id }) => id));
    expect([...again.panels.values()].flatMap(({ orders }) => orders)).toEqual([]);
  });

  it('leaves the panels on time, and what comes after it to chance', async () => {
    await using gateway = await startDemoGateway({ hasHistory: true });
    for (const { stage } of gateway.panels.values()) {
      expect(Math.abs(stage.now() - Date.now())).toBeLessThan(1000);
      expect([stage.takeOrderPlan(), stage.takeRefillLength(), stage.takeAddFault()]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });
});

interface PastPlacement {
  readonly id: string;
  readonly reference: string;
  readonly state: string;
  readonly order: { readonly status: string; readonly refills: readonly { readonly status: string }[] } | null;
  readonly balanceEvidence: { readonly finding: string | null } | null;
}

async function readHistory(gateway: DemoGateway): Promise<PastPlacement[]> {
  const { data, errors } = await gateway.ask(
    '{ placements(first: 50) { nodes { id reference state order { status refills { status } } balanceEvidence { finding } } } }',
  );
  expect(errors).toBeUndefined();
  return data.placements.nodes;
}
