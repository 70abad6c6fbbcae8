import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { assertSoundNames } from '../../../../src/server/graphql/limits/sound-names.ts';
import { post, startToyServer } from '../../toy-server.ts';

const check = (text: string) => () => assertSoundNames(parse(text));
const LONG = 'x'.repeat(201);

describe('names in a document', () => {
  it.each([
    ['a field', `{ ${LONG} }`],
    ['an alias', `{ ${LONG}: hello }`],
    ['an argument', `{ hello(${LONG}: 1) }`],
    ['an enum value', `{ hello(name: ${LONG}) }`],
    ['a variable', `query ($${LONG}: ID) { hello }`],
    ['a type', `query ($a: ${LONG}) { hello }`],
    ['a directive', `{ hello @${LONG} }`],
    ['a fragment', `{ ...${LONG} }`],
  ])('have 200 letters at most: %s', (_name, text) => {
    expect(check(text)).toThrow('has 201 letters; a name has at most 200');
    expect(check(text.replaceAll(LONG, LONG.slice(1)))).not.toThrow();
  });

  it('may be long in a text', () => {
    expect(check(`{ hello(name: "${LONG}") }`)).not.toThrow();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__anything'])(
    'are none of JavaScript or GraphQL itself where they are of a variable: $%s',
    (name) => {
      expect(check(`query ($${name}: ID) { hello }`)).toThrow(`The variable $${name} needs another name`);
      expect(check(`{ hello(name: $${name}) }`)).toThrow();
      expect(check(`{ ${name}: hello }`)).not.toThrow();
    },
  );
});

describe('odd names sent to a server', () => {
  const TIMES = [1, 2, 3];

  it.each(['then', '__proto__', 'toString', 'prototype', 'constructor', 'hasOwnProperty'])(
    'are answered as aliases each time: %s',
    async (name) => {
      const { graphqlUrl } = await startToyServer();
      for (const _ of TIMES) {
        const answer = await post(graphqlUrl, { query: `{ ${name}: __typename toy { ${name}: name } }` });
        expect(answer.status).toBe(200);
        expect(answer.text).toBe(`{"data":{"${name}":"Query","toy":{"${name}":"Bear"}}}`);
      }
    },
  );

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'are refused as variables each time: $%s',
    async (name) => {
      const { graphqlUrl } = await startToyServer();
      for (const _ of TIMES) {
        const answer = await post(graphqlUrl, { query: `query ($${name}: String) { hello(name: $${name}) }` });
        expect(answer.json().errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
      }
    },
  );

  it('are refused where they are long, and told of in few words', async () => {
    const { graphqlUrl } = await startToyServer();
    const answer = await post(graphqlUrl, { query: `{ ${'hello'.repeat(180_000)} }` });
    expect(answer.json().errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    expect(answer.text.length).toBeLessThan(500);
  });
});
