/** Money is integer micro-dollars; 1_000_000 is one US dollar. */
export const DOLLAR_MICROS = 1_000_000;

export function dollars(amount: number): number {
  return Math.round(amount * DOLLAR_MICROS);
}

/** `$1.84`; below a cent with up to four places (`$0.003`); zero is `free`. */
export function formatMoney(micros: number): string {
  if (micros === 0) return "free";
  const value = micros / DOLLAR_MICROS;
  const places = Math.abs(value) >= 0.01 ? 2 : 4;
  const text = Math.abs(value).toFixed(places);
  return `${value < 0 ? "−" : ""}$${places === 4 ? text.replace(/0+$/, "") : text}`;
}

/** A quote: `$0.12–0.30`, one figure when both ends are the same. */
export function formatRange(lowMicros: number, highMicros: number): string {
  if (lowMicros === highMicros) return formatMoney(highMicros);
  return `${lowMicros === 0 ? "$0" : formatMoney(lowMicros)}–${formatMoney(highMicros).slice(1)}`;
}
