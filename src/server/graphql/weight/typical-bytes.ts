/** How long a value of each type is as JSON. Most are shorter, and the answer is measured again while it is written. */
const BYTES: Readonly<Record<string, number>> = {
  Boolean: 5,
  CurrencyCode: 5,
  Date: 12,
  DateTime: 26,
  Decimal: 10,
  Float: 8,
  ID: 30,
  Int: 6,
  JSON: 5_000,
  SafeInt: 8,
  String: 40,
};
/** A value of any other type: an enum, or another single word. */
const WORD_BYTES = 14;

export function typicalBytes(typeName: string): number {
  return BYTES[typeName] ?? WORD_BYTES;
}
