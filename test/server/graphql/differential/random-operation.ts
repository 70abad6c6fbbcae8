/** Random operations on a schema: most of them valid, many of them odd. */
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import type { RandomSource } from './random-source.ts';
import { makeLiteralText, makeVariableValue } from './random-values.ts';

export interface RandomOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Names that executors have stumbled over. */
const ODD_NAMES = [
  'then',
  '__proto__',
  'toString',
  'prototype',
  'constructor',
  'hasOwnProperty',
  'valueOf',
  'toJSON',
  'length',
  'name',
  'data',
  'default',
  'await',
  '__defineGetter__',
  'arguments',
  'query',
  '_',
];
const PLAIN_NAMES = ['a', 'b', 'result', 'a1', 'a_b', 'b_c'];

export function makeOperation(schema: GraphQLSchema, random: RandomSource): RandomOperation {
  return new OperationMaker(schema, random).make();
}

/** How odd one operation is: where everything is odd at once, few are compiled. */
interface Oddity {
  readonly names: boolean;
  readonly directives: boolean;
  readonly values: boolean;
  readonly defaults: boolean;
}

class OperationMaker {
  readonly #schema: GraphQLSchema;
  readonly #random: RandomSource;
  readonly #odd: Oddity;
  readonly #variables = new Map<
    string,
    { readonly type: string; readonly given?: unknown; readonly defaultText?: string }
  >();
  readonly #fragments = new Map<string, { readonly type: GraphQLNamedType; readonly text: string }>();
  /** One response name stands for one field with the same arguments everywhere, so that all may be merged. */
  readonly #meanings = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #fields = 0;
  readonly #mostFields: number;

  constructor(schema: GraphQLSchema, random: RandomSource) {
    this.#schema = schema;
    this.#random = random;
    this.#mostFields = 3 + random.below(30);
    this.#odd = {
      names: random.chance(20),
      directives: random.chance(25),
      values: random.chance(35),
      defaults: random.chance(20),
    };
  }

  make(): RandomOperation {
    const random = this.#random;
    const isMutation = random.chance(10);
    const root = isMutation ? this.#schema.getMutationType()! : this.#schema.getQueryType()!;
    const selections = this.#makeSet(root, 0);
    const kind = isMutation ? 'mutation' : 'query';
    const name = random.chance(50) ? ` ${random.chance(10) ? random.pick(ODD_NAMES) : 'Asked'}` : '';
    const declared = [...this.#variables].map(
      ([variable, { type, defaultText }]) =>
        `$${variable}: ${type}${defaultText === undefined ? '' : ` = ${defaultText}`}`,
    );
    const head =
      name || declared.length > 0 || isMutation
        ? `${kind}${name}${declared.length > 0 ? `(${declared.join(', ')})` : ''} `
        : '';
    const fragments = [...this.#fragments].map(
      ([fragment, { type, text }]) => ` fragment ${fragment} on ${type.name} ${text}`,
    );
    return { query: `${head}${selections}${fragments.join('')}`, variables: this.#giveVariables() };
  }

  /** As the body of a request holds them: `__proto__` is a member like any other. */
  #giveVariables(): Record<string, unknown> | undefined {
    const given = [...this.#variables].filter(([, variable]) => 'given' in variable);
    if (given.length === 0 && this.#random.chance(50)) return undefined;
    if (this.#random.chance(3)) given.push([this.#random.pick(ODD_NAMES), { type: '', given: 1 }]);
    return Object.fromEntries(given.map(([name, variable]) => [name, variable.given]));
  }

  #makeSet(type: GraphQLNamedType, depth: number): string {
    const random = this.#random;
    const texts: string[] = [];
    for (let left = 1 + random.below(5); left > 0; left -= 1) texts.push(this.#makeSelection(type, depth, texts));
    const filled = texts.filter((text) => text !== '');
    return `{ ${filled.length > 0 ? filled.join(' ') : '__typename'} }`;
  }

  #makeSelection(type: GraphQLNamedType, depth: number, before: readonly string[]): string {
    const random = this.#random;
    if (random.chance(8) && before.length > 0) return this.#withDirectives(random.pick(before));
    if (random.chance(12)) return this.#makeInlineFragment(type, depth);
    if (random.chance(10)) return this.#makeSpread(type, depth);
    if (random.chance(8) || !(isObjectType(type) || isInterfaceType(type))) return this.#makeTypename();
    return this.#makeField(type, depth);
  }

  #makeTypename(): string {
    return this.#withDirectives(this.#withAlias('__typename', '', 'String!'));
  }

  #makeField(type: GraphQLNamedType, depth: number): string {
    const fields = Object.values(
      (type as unknown as { getFields(): Record<string, GraphQLField<unknown, unknown>> }).getFields(),
    );
    const isFull = this.#fields >= this.#mostFields || depth > 6;
    const field = this.#random.pick(fields);
    const inner = getNamedType(field.type);
    if (isFull && isCompositeType(inner)) return '';
    this.#fields += 1;
    // The same field of a type has often the same arguments, so that it is merged.
    const known = this.#texts.get(`${type.name}.${field.name}`);
    const args = known !== undefined && this.#random.chance(70) ? known : this.#makeArguments(field.args);
    this.#texts.set(`${type.name}.${field.name}`, args);
    const head = this.#withDirectives(this.#withAlias(field.name, args, String(field.type)));
    return isCompositeType(inner) ? `${head} ${this.#makeSet(inner, depth + 1)}` : head;
  }

  #withAlias(fieldName: string, args: string, type: string): string {
    const random = this.#random;
    const meaning = `${fieldName}${args}: ${type}`;
    const wanted =
      this.#odd.names && random.chance(25)
        ? random.pick(ODD_NAMES)
        : random.chance(25)
          ? random.pick(PLAIN_NAMES)
          : fieldName;
    let name = wanted;
    for (let at = 1; (this.#meanings.get(name) ?? meaning) !== meaning; at += 1)
      name = `${wanted.startsWith('__') ? 'x' : wanted}${at}`;
    this.#meanings.set(name, meaning);
    return name === fieldName ? `${fieldName}${args}` : `${name}: ${fieldName}${args}`;
  }

  /** After the arguments, or at the end of a text without a selection set. */
  #withDirectives(text: string): string {
    if (!this.#odd.directives || text.includes('{') || text === '') return text;
    const random = this.#random;
    const one = (name: string): string => (random.chance(15) ? ` @${name}(if: ${this.#makeCondition()})` : '');
    return `${text}${text.includes('@') ? '' : `${one('skip')}${one('include')}`}`;
  }

  #makeCondition(): string {
    const random = this.#random;
    if (random.chance(40)) return String(random.chance(50));
    const name = random.pick(['with', 'without', 'when']);
    if (!this.#variables.has(name)) this.#variables.set(name, { type: 'Boolean!', given: random.chance(50) });
    return `$${name}`;
  }

  #makeInlineFragment(type: GraphQLNamedType, depth: number): string {
    const condition = this.#random.chance(25) ? null : this.#random.pick(this.#overlapping(type));
    const head = this.#withDirectives(condition ? `... on ${condition.name}` : '...');
    return `${head} ${this.#makeSet(condition ?? type, depth)}`;
  }

  #makeSpread(type: GraphQLNamedType, depth: number): string {
    const random = this.#random;
    const overlapping = this.#overlapping(type);
    const known = [...this.#fragments].filter(
      ([, fragment]) => fragment.text !== '' && overlapping.includes(fragment.type),
    );
    if (known.length > 0 && random.chance(60)) return this.#withDirectives(`...${random.pick(known)[0]}`);
    const name = this.#odd.names && random.chance(20) ? `${random.pick(ODD_NAMES)}` : `Part${this.#fragments.size}`;
    if (this.#fragments.has(name)) return '';
    const condition = random.pick(overlapping);
    // Without a text it is not spread within itself.
    this.#fragments.set(name, { type: condition, text: '' });
    this.#fragments.set(name, { type: condition, text: this.#makeSet(condition, depth) });
    return this.#withDirectives(`...${name}`);
  }

  /** The composite types that share an object type with this one. */
  #overlapping(type: GraphQLNamedType): GraphQLNamedType[] {
    const own = new Set(this.#possible(type));
    return Object.values(this.#schema.getTypeMap()).filter(
      (other) =>
        !other.name.startsWith('__') &&
        isCompositeType(other) &&
        this.#possible(other).some((possible) => own.has(possible)),
    );
  }

  #possible(type: GraphQLNamedType): readonly GraphQLNamedType[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type];
  }

  #makeArguments(args: readonly GraphQLArgument[]): string {
    const texts = args.flatMap((arg) => {
      const isNeeded = isNonNullType(arg.type) && arg.defaultValue === undefined;
      if (!isNeeded && !this.#random.chance(35)) return [];
      return [`${arg.name}: ${this.#makeValueText(arg, 0)}`];
    });
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  }

  #makeValueText({ type, defaultValue }: GraphQLArgument | GraphQLInputField, depth: number): string {
    const random = this.#random;
    if (random.chance(depth === 0 ? 60 : 25)) return `$${this.#makeVariable(type, defaultValue !== undefined)}`;
    const nullable = isNonNullType(type) ? type.ofType : type;
    if (!isNonNullType(type) && random.chance(this.#odd.values ? 15 : 0)) return 'null';
    if (isListType(nullable)) {
      const item = nullable.ofType;
      if (random.chance(10)) return this.#makeValueText({ type: item } as GraphQLInputField, depth + 1);
      const items = Array.from({ length: random.below(4) }, () =>
        this.#makeValueText({ type: item } as GraphQLInputField, depth + 1),
      );
      return `[${items.join(', ')}]`;
    }
    if (isInputObjectType(nullable)) return this.#makeObjectText(nullable, depth);
    return isEnumType(nullable)
      ? random.pick(nullable.getValues()).name
      : makeLiteralText(nullable.name, random, this.#odd.values);
  }

  #makeObjectText(
    type: GraphQLInputType & { getFields(): Record<string, GraphQLInputField>; isOneOf: boolean },
    depth: number,
  ): string {
    const random = this.#random;
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? [random.pick(fields)]
      : fields.filter((field) => (isNonNullType(field.type) && field.defaultValue === undefined) || random.chance(30));
    return `{ ${chosen.map((field) => `${field.name}: ${this.#makeValueText(field, depth + 1)}`).join(', ')} }`;
  }

  /** Of the type where it stands, or a stricter one, or with a default. */
  #makeVariable(type: GraphQLInputType, hasDefault: boolean): string {
    const random = this.#random;
    const base = isNonNullType(type) ? type.ofType : type;
    const isStrict = isNonNullType(type) ? !(hasDefault && random.chance(50)) : random.chance(40);
    const text = isStrict ? `${base}!` : String(base);
    const known = [...this.#variables].filter(([, variable]) => variable.type === text).map(([name]) => name);
    if (known.length > 0 && random.chance(30)) return random.pick(known);
    let name =
      this.#odd.names && random.chance(30)
        ? random.pick([...ODD_NAMES, 'input', 'coerced', 'errors'])
        : `v${this.#variables.size}`;
    if (this.#variables.has(name)) name = `v${this.#variables.size}`;
    const defaultText =
      this.#odd.defaults && random.chance(40) && !isInputObjectType(getNamedType(base))
        ? this.#makeDefault(base)
        : undefined;
    const isGiven = isStrict ? !random.chance(this.#odd.values ? 5 : 1) : random.chance(75);
    const value = makeVariableValue(isStrict ? `${base}!` : '', base, random, this.#odd.values);
    this.#variables.set(name, {
      type: text,
      ...(isGiven ? { given: value } : {}),
      ...(defaultText === undefined ? {} : { defaultText }),
    });
    return name;
  }

  #makeDefault(type: GraphQLInputType): string {
    const named = getNamedType(type);
    const text = isEnumType(named)
      ? this.#random.pick(named.getValues()).name
      : makeLiteralText(named.name, this.#random, false);
    return isListType(type) ? `[${text}]` : text;
  }
}
