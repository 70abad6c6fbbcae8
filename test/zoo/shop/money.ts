/** Amounts of a simulated panel: whole micro-units, so that nothing is lost, shown in as many ways as panels have. */

/** With so many decimals, 0 to 6; what lies beyond is cut off. */
export function showMicros(micros: number, places: number): string {
  const unit = 10 ** (6 - places);
  const digits = String(Math.floor(Math.abs(micros) / unit)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const sign = micros < 0 ? '-' : '';
  return places === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-places)}`;
}

/** As above, with a comma between thousands: `1,500.50000`. */
export function showWithThousands(micros: number, places: number): string {
  const [whole = '', decimals] = showMicros(micros, places).split('.');
  const grouped: string[] = [];
  for (let end = whole.length; end > 0; end -= 3) grouped.unshift(whole.slice(Math.max(0, end - 3), end));
  return [grouped.join(','), ...(decimals === undefined ? [] : [decimals])].join('.');
}
