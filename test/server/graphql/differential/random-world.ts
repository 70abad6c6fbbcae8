/**
 * The whole schema of the gateway with resolvers of chance: they give values, nulls and errors, at once or later, by
 * the parent, the field and its arguments alone. Asked again, they give the same.
 */
import {
  buildSchema,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  printSchema,
} from 'graphql';
import { CallerError, ProviderError } from '../../../../src/domain/errors.ts';
import { getSchema } from '../../../../src/schema/schema.ts';
import { createRandomSource, type RandomSource } from './random-source.ts';

/** What resolvers are handed as the context: the seed of the request. */
export interface RandomContext {
  readonly seed: string;
}

interface RandomObject {
  readonly seed: string;
  readonly typeName: string;
}

/** A field has a resolver here where it has one in the gateway. */
export function createRandomWorld(): GraphQLSchema {
  const real = getSchema();
  const schema = buildSchema(printSchema(real));
  for (const type of Object.values(schema.getTypeMap())) {
    const original = real.getType(type.name);
    if (isScalarType(type) && isScalarType(original)) {
      const { serialize, parseValue, parseLiteral } = original;
      Object.assign(type, { serialize, parseValue, parseLiteral });
    } else if (isAbstractType(type)) {
      type.resolveType = (value: RandomObject) => value.typeName;
    } else if (isObjectType(type) && isObjectType(original) && !type.name.startsWith('__')) {
      addResolvers(type, original, schema);
    }
  }
  return schema;
}

function addResolvers(type: GraphQLObjectType, original: GraphQLObjectType, schema: GraphQLSchema): void {
  const isRoot = type === schema.getQueryType() || type === schema.getMutationType();
  for (const [name, field] of Object.entries(type.getFields())) {
    if (!isRoot && !original.getFields()[name]!.resolve) continue;
    field.resolve = (parent: RandomObject | undefined, args: object, { seed }: RandomContext) => {
      const own = `${parent?.seed ?? seed}.${name}${textOf(args)}`;
      return makeResult(field.type, { seed: own, random: createRandomSource(own), schema });
    };
  }
}

/** Every member, those that are undefined too, in the order of their names. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || value instanceof Date) return `${typeof value} ${String(value)}`;
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${key}: ${textOf((value as Record<string, unknown>)[key])}`)
    .join(',')}}`;
}

interface Making {
  readonly seed: string;
  readonly random: RandomSource;
  readonly schema: GraphQLSchema;
}

/**
 * What may happen in one request. Where an item of a list fails at once that may not be null, graphql-js leaves the
 * promises of the items before it alone, and the rejection of one of them would end the process. So such fields never
 * fail, or nothing is a promise, or all items are.
 */
type Mode = 'no null where none may be' | 'no promises' | 'promises of all items';
const MODES: readonly Mode[] = ['no null where none may be', 'no promises', 'promises of all items'];

/** By the seed of the request, which stands before those of its fields. */
const modeOf = ({ seed }: Making): Mode => createRandomSource(seed.split('.', 1)[0]!).pick(MODES);

function makeResult(type: GraphQLOutputType, making: Making): unknown {
  const { random } = making;
  const mode = modeOf(making);
  const mayFail = !isNonNullType(type) || mode !== MODES[0];
  if (mayFail && random.chance(4)) throw makeError(random);
  if (mode === 'no promises') return makeValue(type, making);
  if (mayFail && random.chance(3)) return later(random).then(() => Promise.reject(makeError(random)));
  const value = makeValue(type, making);
  return random.chance(30) ? later(random).then(() => value) : value;
}

function makeValue(type: GraphQLOutputType, making: Making): unknown {
  const { random, seed, schema } = making;
  if (isNonNullType(type)) {
    return modeOf(making) !== MODES[0] && random.chance(2) ? null : makePresent(type.ofType, making);
  }
  if (random.chance(12)) return null;
  if (random.chance(3)) return makeError(random);
  return makePresent(type, { seed, random, schema });
}

function makePresent(type: GraphQLOutputType, { seed, random, schema }: Making): unknown {
  if (isListType(type)) {
    const mode = modeOf({ seed, random, schema });
    return Array.from({ length: random.below(4) }, (_, at) => {
      const own = `${seed}[${at}]`;
      const item = makeValue(type.ofType, { seed: own, random: createRandomSource(own), schema });
      // A long list is handed out in slices: its items may come later, but never fail then.
      const isLate = mode === 'promises of all items' || (mode !== 'no promises' && random.chance(15));
      return isLate ? later(random).then(() => item) : item;
    });
  }
  if (isAbstractType(type)) return makeObject(random.pick(schema.getPossibleTypes(type)), { seed, random, schema });
  if (isObjectType(type)) return makeObject(type, { seed, random, schema });
  if (isEnumType(type)) return random.pick(type.getValues()).value;
  return makeScalar(String(type), random);
}

/** With the fields that have no resolver as members. */
function makeObject(type: GraphQLObjectType, { seed, random, schema }: Making): object {
  const object: Record<string, unknown> = { seed, typeName: type.name, kind: type.name };
  for (const [name, field] of Object.entries(type.getFields())) {
    if (field.resolve) continue;
    const own = `${seed}.${name}`;
    object[name] = makeValue(field.type, { seed: own, random: createRandomSource(own), schema });
    if (!isNonNullType(field.type) && random.chance(1)) object[name] = makeError(random);
  }
  return object;
}

function makeScalar(name: string, random: RandomSource): unknown {
  switch (name) {
    case 'Int':
    case 'SafeInt':
      return random.below(1000) - 100;
    case 'Float':
      return random.below(1000) / 7;
    case 'Boolean':
      return random.chance(50);
    case 'DateTime':
      return new Date(1e12 + random.below(1e9));
    case 'JSON':
      return random.pick<unknown>([Object.fromEntries([['then', 1]]), [1, null], 'text', 7, { a: { b: [] } }]);
    default:
      return random.pick(['', 'plain', 'then', '__proto__', '"quoted" \\ \u2028', '007', 'ü💶']);
  }
}

function makeError(random: RandomSource): Error {
  return random.pick([
    () => new Error('a bug with a secret'),
    () => new CallerError('INVALID_INPUT', 'No such thing.', [{ path: ['a'], message: 'is wrong' }]),
    () => new GraphQLError('Said on purpose.', { extensions: { code: 'TEAPOT', more: [1] } }),
    () =>
      new ProviderError({
        panel: 'acme',
        action: 'balance',
        outcome: 'not-sent',
        code: 'CIRCUIT_OPEN',
        message: 'The panel acme is not asked for now.',
        retryAfterMs: 700,
      }),
  ])();
}

/** Some turns of the loop's queue of promises. */
async function later(random: RandomSource): Promise<void> {
  for (let turns = random.below(5); turns > 0; turns -= 1) await null;
}
