const LONE_SURROGATE = /\p{Surrogate}/gu;

/**
 * A JSON value as Postgres takes it: jsonb knows no NUL and no half of a surrogate pair, and JSON no number that is
 * not finite. Whatever a provider sends, what was paid for can be written.
 */
export function storable<T>(value: T): T {
  return clean(value) as T;
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("\0", "").replace(LONE_SURROGATE, "\uFFFD");
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [clean(key), clean(one)]));
}
