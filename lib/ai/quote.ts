import type { Model } from "./provider";

export type OrderSize = { count?: number; durationSeconds?: number };

/**
 * What an order will probably cost and take: micro-dollars, low and high, and seconds of waiting.
 * Films are counted with the length that the model will really make.
 */
export function quoteModel(model: Model, size: OrderSize) {
  const units = unitsOf(model, size);
  return {
    lowMicros: Math.round(model.price.lowMicros * units),
    highMicros: Math.round(model.price.highMicros * units),
    seconds: model.seconds,
  };
}

/** What one finished order is charged with: the high end, so that the budget never runs ahead of the bill. */
export function costOf(model: Model, size: OrderSize): number {
  return quoteModel(model, size).highMicros;
}

function unitsOf(model: Model, { count = 1, durationSeconds = 5 }: OrderSize): number {
  if (model.price.unit === "picture") return count;
  if (model.price.unit === "second") return roundDuration(model, durationSeconds);
  return 1;
}

/** The shortest length in seconds that the model makes and that is not below the wish; else its longest. */
export function roundDuration(model: Model, wishSeconds: number): number {
  const { durations } = model;
  if (!durations) return wishSeconds;
  const { min, max, only } = durations;
  if (only) return only.find((s) => s >= wishSeconds) ?? Math.max(...only);
  return Math.min(max, Math.max(min, Math.ceil(wishSeconds)));
}
