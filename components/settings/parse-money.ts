import { DOLLAR_MICROS } from "@/lib/money";

/** What a person wrote as dollars, in micro-dollars: `25`, `$1,000`, `2.50`. Null when empty, NaN when no amount. */
export function parseMoney(text: string): number | null {
  const amount = text.trim().replace(/^\$\s*/, "");
  if (amount === "") return null;
  if (!/^(\d+|\d{1,3}(,\d{3})+)(\.\d{1,6})?$/.test(amount)) return Number.NaN;
  return Math.round(Number(amount.replaceAll(",", "")) * DOLLAR_MICROS);
}

/** Micro-dollars as they stand in a field: `25`, `2.50`. */
export function writeMoney(micros: number | null): string {
  if (micros === null) return "";
  const amount = micros / DOLLAR_MICROS;
  return Number.isInteger(amount) || !Number.isInteger(amount * 100) ? String(amount) : amount.toFixed(2);
}
