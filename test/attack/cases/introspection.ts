/** Introspection, and operations whose names are traps. */
import { type AttackCase, aliases, answered, bounded, operation } from '../attack-case.ts';

export const INTROSPECTION_CASES: readonly AttackCase[] = [
  {
    name: 'introspection with 500 inner aliases',
    send: operation(() => ({ query: `{ __schema { types { fields { ${aliases(500, 'description')} } } } }` })),
    expected: bounded(),
  },
  {
    name: 'an alias `then`, three times',
    send: operation(() => ({ query: '{ then: __typename }' }), { times: 3 }),
    expected: answered(),
  },
  {
    name: 'a variable `$__proto__`, three times',
    send: operation(
      () => ({
        query:
          'query ($__proto__: ID = "Panel:acme", $constructor: ID!) { a: panel(id: $__proto__) { id } b: panel(id: $constructor) { id } }',
        variables: { constructor: 'Panel:acme' },
      }),
      { times: 3 },
    ),
    expected: bounded(),
  },
];
