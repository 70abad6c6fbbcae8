/** Random values of input types, as literals and as variables. */
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { RandomSource } from './random-source.ts';

const TEXTS = ['Order:acme:1', 'Panel:acme', '', 'then', '7'];
const ODD_TEXTS = ['__proto__', '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8', '"\\ \u2028', 'ü💶', '`$`'];

/** A literal that the scalar reads, or nearly. */
export function makeLiteralText(scalar: string, random: RandomSource, isOdd: boolean): string {
  switch (scalar) {
    case 'Int':
    case 'SafeInt':
      return random.pick(isOdd ? ['-0', '0', '-7', '2147483647', '9007199254740991', '1e3'] : ['1', '20', '300']);
    case 'Float':
      return random.pick(isOdd ? ['-0.0', '1e300', '3'] : ['0.5', '2']);
    case 'Boolean':
      return random.pick(['true', 'false']);
    case 'Decimal':
      return random.pick(isOdd ? ['0.50', '"1e3"', '-0', '"x"'] : ['"0.90"', '12', '0.5']);
    case 'CurrencyCode':
      return random.pick(isOdd ? ['" usd "', '""', 'USD'] : ['"USD"', '"eur"']);
    case 'DateTime':
      return random.pick(
        isOdd ? ['"2026-13-01T00:00:00Z"', '5'] : ['"2026-11-20T14:09:00Z"', '"2026-11-20T14:09+02:00"'],
      );
    case 'Date':
      return random.pick(isOdd ? ['"2026-02-30"', '"2026-02-28"'] : ['"2026-12-31"']);
    case 'ID':
      return isOdd && random.chance(30)
        ? '12345678901234567890'
        : JSON.stringify(random.pick(isOdd ? ODD_TEXTS : TEXTS));
    default:
      return JSON.stringify(random.pick(isOdd ? [...TEXTS, ...ODD_TEXTS] : TEXTS));
  }
}

/** A value as JSON gives it; of the type where nothing is odd. */
export function makeVariableValue(
  strict: string,
  type: GraphQLInputType,
  random: RandomSource,
  isOdd: boolean,
): unknown {
  if (isOdd && random.chance(12)) return random.pick(ODD_VALUES)();
  if (strict === '' && random.chance(15)) return null;
  if (isNonNullType(type)) return makeVariableValue('!', type.ofType, random, isOdd);
  if (isListType(type)) {
    if (isOdd && random.chance(20)) return makeVariableValue('!', type.ofType, random, isOdd);
    const item = type.ofType;
    return Array.from({ length: random.below(4) }, () => makeVariableValue('', item, random, isOdd)).filter(
      (value) => value !== null || !isNonNullType(item) || isOdd,
    );
  }
  if (isEnumType(type)) {
    return isOdd && random.chance(15) ? random.pick(['toString', 'asc', '', 1]) : random.pick(type.getValues()).name;
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? [random.pick(fields), ...(isOdd && random.chance(20) ? [random.pick(fields)] : [])]
      : fields.filter(
          ({ type: fieldType, defaultValue }) =>
            (isNonNullType(fieldType) &&
              (defaultValue === undefined || random.chance(50)) &&
              !(isOdd && random.chance(5))) ||
            random.chance(35),
        );
    const members = chosen.map(({ name, type: fieldType }): [string, unknown] => [
      name,
      makeVariableValue(isNonNullType(fieldType) || type.isOneOf ? '!' : '', fieldType, random, isOdd),
    ]);
    if (isOdd && random.chance(8)) members.push([random.pick(['extra', '__proto__', 'constructor']), 1]);
    return Object.fromEntries(random.chance(50) ? members : members.reverse());
  }
  return makeScalarValue(String(type), random, isOdd);
}

const ODD_VALUES: readonly (() => unknown)[] = [
  () => null,
  () => 0,
  () => -0.5,
  () => 1e21,
  () => 2 ** 31,
  () => true,
  () => '',
  () => 'x',
  () => [],
  () => [null],
  () => [['x']],
  () => ({}),
  () => Object.fromEntries([['then', 1]]),
  () => JSON.parse('{ "__proto__": 1 }'),
];

function makeScalarValue(scalar: string, random: RandomSource, isOdd: boolean): unknown {
  switch (scalar) {
    case 'Int':
      return random.pick(isOdd ? [0, -5, 2147483647, 2147483648, 1.5, '5'] : [1, 20, 300]);
    case 'SafeInt':
      return random.pick(isOdd ? [0, -5, 2 ** 53, 2147483648, 1.5, '5'] : [1, 20, 300]);
    case 'Float':
      return random.pick(isOdd ? [1, 0.5, '1'] : [0.5]);
    case 'Boolean':
      return isOdd && random.chance(10) ? 'true' : random.chance(50);
    case 'Decimal':
      return random.pick(isOdd ? ['1,000.5', 'x', 1] : ['0.90', '12']);
    case 'CurrencyCode':
      return random.pick(isOdd ? [' usd ', '', 7] : ['USD', 'eur']);
    case 'DateTime':
      return random.pick(isOdd ? ['2026-13-01T00:00:00Z', 5] : ['2026-11-20T14:09:00Z']);
    case 'Date':
      return random.pick(isOdd ? ['2026-02-30', '2026-02-28'] : ['2026-12-31']);
    case 'ID':
      return random.pick<unknown>(isOdd ? [...ODD_TEXTS, 7, 1e21, 1.5] : TEXTS);
    default:
      return random.pick<unknown>(isOdd ? [...TEXTS, ...ODD_TEXTS, 7] : TEXTS);
  }
}
