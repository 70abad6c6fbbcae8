// A rate has at most 5 decimals, so rate x quantity / 1000 has at most 8: a charge never needs rounding.
const DECIMALS = 8;
const ONE = 10n ** BigInt(DECIMALS);
const RATE_DECIMALS = 5;

/** Reads a decimal text such as `"100.84292"` into units of 10^-8. Throws on a sign, an exponent or more than 8 decimals. */
export function parseUnits(text: string): bigint {
  const match = /^(\d{1,15})(?:\.(\d{1,8}))?$/.exec(text);
  if (match === null) throw new Error(`not an amount of money: ${JSON.stringify(text)}`);
  return BigInt(match[1]!) * ONE + BigInt((match[2] ?? '').padEnd(DECIMALS, '0'));
}

/** Writes units of 10^-8 as a decimal text with two to eight decimals, such as `"0.90"` or `"0.27819"`. */
export function formatUnits(units: bigint): string {
  const decimals = String(units % ONE).padStart(DECIMALS, '0');
  return `${units / ONE}.${decimals.slice(0, 2)}${decimals.slice(2).replace(/0+$/, '')}`;
}

/** Writes a price in hundred-thousandths (an integer) as units of 10^-8. */
export function unitsOfHundredThousandths(price: number): bigint {
  return BigInt(price) * 10n ** BigInt(DECIMALS - RATE_DECIMALS);
}

/** The price of `quantity` pieces at a rate for a thousand, exact for rates of up to 5 decimals. */
export function priceOfQuantity(rate: bigint, quantity: number): bigint {
  return (rate * BigInt(quantity)) / 1000n;
}
