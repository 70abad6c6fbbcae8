import { existsSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { ORDER_FORMS } from '../../../src/domain/order-forms.ts';
import { SERVICE_TYPES } from '../../../src/domain/service.ts';
import { createGraphiqlExamples, EXAMPLE_ORDERS } from '../../../src/server/graphiql/graphiql-examples.ts';
import { parseWithinLimits } from '../../../src/server/graphql/limits/operation-limits.ts';

const SCHEMA_FILE = process.env['PANELGRAPH_SCHEMA'] ?? 'schema.graphql';
const examples = createGraphiqlExamples();

describe('the examples of GraphiQL', () => {
  it.for(examples)('$name fits the schema', ({ query }, context) => {
    if (!existsSync(SCHEMA_FILE)) return context.skip(`${SCHEMA_FILE} is not printed yet`);
    const schema = buildSchema(readFileSync(SCHEMA_FILE, 'utf8'));
    expect(validate(schema, parse(query)).map(({ message }) => message)).toEqual([]);
  });

  it.each(examples)('$name is within the default limits, and named for its tab', ({ name, query, variables }) => {
    const limits = { depth: 12, aliases: 60, fields: 200, tokens: 4000, introspection: true };
    const [operation] = parseWithinLimits(query, {}, limits).definitions;
    expect(operation).toMatchObject({ kind: 'OperationDefinition', name: { value: name } });
    expect(() => JSON.parse(variables ?? '{}')).not.toThrow();
  });

  it('places an order of every form that the gateway knows, with its required fields', () => {
    const text = examples.map(({ query }) => query).join('\n');
    for (const type of SERVICE_TYPES) {
      if (type === 'OTHER') continue;
      const { name, fields } = ORDER_FORMS[type];
      expect(text).toContain(`details: { ${name}: {`);
      for (const field of fields) {
        if (field.required) expect(EXAMPLE_ORDERS[type].fields).toMatch(new RegExp(`\\b${field.name}:`));
      }
    }
  });

  it('begins with one that has no variables, which GraphiQL drops from the first tab', () => {
    expect(examples[0]!.variables).toBeUndefined();
    expect(examples[0]!.query).not.toContain('$');
  });

  it('takes the ids that are known', () => {
    const filled = createGraphiqlExamples({
      serviceIds: { POLL: 'Service:pica:7' },
      orders: { latest: ['Order:pica:9'], refillable: ['Order:pica:7'], cancelable: [] },
    });
    const variablesOf = (name: string) => JSON.parse(filled.find((example) => example.name === name)!.variables!);
    expect(variablesOf('PlaceOthers')).toMatchObject({ poll: 'Service:pica:7', seo: 'Service:plus:1' });
    expect(variablesOf('LookUpOrders')).toEqual({ ids: ['Order:pica:9'] });
    expect(variablesOf('ChangeOrders')).toEqual({ refill: ['Order:pica:7'], cancel: [] });
  });
});
