import { LIMITS } from "./protocol";

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** "1h30m", "2s", "500ms" in milliseconds; undefined when the text is no such duration. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|[smhdw]))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ""] ?? 0);
  }
  return total;
}

/**
 * A duration or an ISO 8601 time, as milliseconds from `now`; the SDK writes zero and less as "". Throws RangeError
 * when it is neither, and when it is more than Inngest's limit of 366 days away.
 */
export function delayMs(text: string, now: number = Date.now()): number {
  const ms = text === "" ? 0 : (parseDuration(text) ?? Date.parse(text) - now);
  if (Number.isNaN(ms)) throw new RangeError(`"${text}" is neither a duration nor a time.`);
  if (ms > LIMITS.waitMs) throw new RangeError(`"${text}" is more than one year away, which is the limit.`);
  return Math.max(0, ms);
}
