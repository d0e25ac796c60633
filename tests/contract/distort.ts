import type { ProviderName, Words } from "./types";

/** What an answer is worth nothing without. */
const VITAL: Record<ProviderName, Set<string>> = {
  replicate: new Set(["id", "status", "output"]),
  leonardo: new Set([
    ...["generations_by_pk", "generations", "generate", "generationId", "id", "status"],
    ...["generated_images", "url", "motionMP4URL"],
  ]),
  openai: new Set(["data", "b64_json", "output", "type", "content", "text", "refusal"]),
};

/** NUL and half a surrogate pair: what no text column and no jsonb takes. */
export const DIRT = "\0\ud83d";

/** Says everything but what is vital in another way than any specification does. */
export function distort(value: unknown, provider: ProviderName, words: Words | undefined): unknown {
  if (!words) return value;
  const vital = VITAL[provider];
  const within = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(within);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).flatMap(([name, field]) => {
        if (vital.has(name)) return [[name, within(field)]];
        return words === "bare" ? [] : [[name, words === "odd" ? oddly(field) : soil(field)]];
      }),
    );
  };
  return within(value);
}

/** A value of another type than the one that is expected. */
function oddly(value: unknown): unknown {
  if (typeof value === "string") return { text: value };
  if (typeof value === "number") return `${value} or so`;
  return Array.isArray(value) ? 7 : [value];
}

function soil(value: unknown): unknown {
  if (typeof value === "string") return `${value}${DIRT}`;
  if (Array.isArray(value)) return value.map(soil);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, soil(one)]));
}
