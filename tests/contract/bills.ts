import type { Order } from "./types";

/** Dollars per million tokens, which is micro-dollars a token, from OpenAI's price page. */
const TOKEN_MICROS: Record<string, { text: number; output: number }> = {
  "gpt-image-2.6-flare": { text: 5, output: 30 },
  "gpt-image-2.6-sunburst": { text: 5, output: 30 },
  "gpt-6-luna": { text: 0.1, output: 0.5 },
};

export type Usage = { input: number; output: number };

/** The tokens that OpenAI counts for an order. */
export function usageOf({ kind, count, fate }: Order): Usage {
  const times = typeof fate.usage === "number" ? fate.usage : 1;
  if (kind === "text") return { input: 1000 * times, output: 200 * times };
  return { input: 20 * times, output: 439 * count * times };
}

export type Bill = { count: number; micros: number | null };

/** What a provider bills for an order; null where it is free. OpenAI bills its work, the others what they made. */
export function billFor(order: Order): Bill | null {
  const { provider, kind, count, fate, canceledAt } = order;
  if (provider === "openai") {
    if (kind === "picture" && fate.refuse) return null;
    return { count: Math.max(0, count - (fate.nulls ?? 0)), micros: reportedMicros(order) };
  }
  if (fate.fail || fate.refuse || fate.empty || fate.end === "aborted" || canceledAt !== undefined)
    return null;
  const made = count - (fate.nulls ?? 0);
  return made > 0 ? { count: made, micros: null } : null;
}

/** Null where its answer does not tell, or tells what cannot be. */
function reportedMicros(order: Order): number | null {
  const { usage, words } = order.fate;
  const price = TOKEN_MICROS[order.model];
  if (!price || typeof usage === "string" || words === "odd" || words === "bare") return null;
  const { input, output } = usageOf(order);
  return Math.ceil(input * price.text + output * price.output);
}

/** The prompt, or the address of the picture that was to be read. */
export function subjectOf({ input }: Order): string {
  if (typeof input.prompt === "string") return input.prompt;
  return /"image_url":"([^"]{0,2000})/.exec(JSON.stringify(input.input ?? ""))?.[1] ?? "";
}
