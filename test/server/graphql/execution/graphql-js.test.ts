import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../../support/gateway.ts';
import { healthyPanel, startScriptedPanel } from '../../../support/scripted-panel.ts';

const PLACEMENTS = 'query ($f: PlacementFilter) { placements(filter: $f) { totalCount } }';
const CHECK = 'query ($i: AddOrderInput!) { checkOrder(input: $i) { __typename } }';
const count = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at));
const members = (length: number) => Object.fromEntries(count(length, (at) => [`k${at}`, 1]));

/** Variables of up to a megabyte that are wrong, each in a way that graphql-js speaks about at length. */
const WRONG: readonly (readonly [string, string, object])[] = [
  ['values that an enum does not have', PLACEMENTS, { f: { statuses: count(50_000, (at) => `COMPLETE${at}`) } }],
  ['a long one', PLACEMENTS, { f: { statuses: ['X'.repeat(900_000)] } }],
  ['members that an input does not have', PLACEMENTS, { f: members(70_000) }],
  ['such members further within', CHECK, { i: { serviceId: 'x', details: { default: members(70_000) } } }],
  ['such members in a list', CHECK, { i: { serviceId: 'x', details: { other: [members(70_000)] } } }],
  ['one with a long name', PLACEMENTS, { f: { ['k'.repeat(900_000)]: 1 } }],
  ['lists within lists', PLACEMENTS, { f: { panels: JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) } }],
];

describe('variables that are wrong', () => {
  async function ask(query: string, variables: object): Promise<Awaited<ReturnType<TestGateway['ask']>>[]> {
    await using panel = await startScriptedPanel(healthyPanel());
    await using gateway = await startGateway({ acme: panel.url });
    const answers = [];
    for (const _ of [1, 2, 3]) answers.push(await gateway.ask(query, variables));
    return answers;
  }

  it.each(WRONG)('are told of in few words: %s', async (_name, query, variables) => {
    for (const { errors } of await ask(query, variables)) {
      expect(errors!.map(({ extensions }) => extensions?.code)).toEqual(errors!.map(() => 'INVALID_INPUT'));
      expect(errors!.length).toBeLessThanOrEqual(6);
      expect(JSON.stringify(errors).length).toBeLessThan(10_000);
    }
  });

  it('are refused where an object has more members than any input type', async () => {
    const [refused] = await ask(PLACEMENTS, { f: members(101) });
    expect(refused!.errors).toMatchObject([
      { message: 'An object in the variable $f has more than 100 members; no input type has as many.' },
    ]);
    const [answer] = await ask(PLACEMENTS, { f: members(100) });
    expect(answer!.errors![0]!.message).toContain('is not defined by type "PlacementFilter"');
  });
});
