import type { Model, OrderSize, Price, Unit } from "./provider";

/**
 * What an order will probably cost and take: micro-dollars, low and high, and seconds of waiting. The sum of the
 * price's parts; films are counted with the length that the model will really make.
 */
export function quoteModel(model: Model, size: OrderSize) {
  const amounts = amountsOf(model, size);
  const sum = (end: "lowMicros" | "highMicros") =>
    Math.ceil(model.price.reduce((total, part) => total + part[end] * (amounts[part.per] ?? 0), 0));
  return { lowMicros: sum("lowMicros"), highMicros: sum("highMicros"), seconds: model.seconds };
}

/** What one finished order is charged with: the high end, so that the budget never runs ahead of the bill. */
export function costOf(model: Model, size: OrderSize): number {
  return quoteModel(model, size).highMicros;
}

type Amounts = Partial<Record<Unit, number>>;

function amountsOf(
  model: Model,
  { count = 1, durationSeconds = 5, references = 0, ...others }: OrderSize,
): Amounts {
  return {
    ...others,
    call: 1,
    picture: count,
    second: roundDuration(model, durationSeconds),
    reference: references,
  };
}

const UNIT_WORDS: Record<Unit, string> = {
  call: "an order",
  picture: "a picture",
  second: "a second",
  megapixel: "a megapixel",
  character: "a character",
  token: "a token",
  reference: "a reference picture",
  gpuSecond: "a second of GPU",
};

/** The parts of a price, each with the words for its unit. */
export function priceParts(price: Price) {
  return price.map(({ per, ...range }) => ({ ...range, unit: UNIT_WORDS[per] }));
}

/** The shortest length in seconds that the model makes and that is not below the wish; else its longest. */
export function roundDuration(model: Model, wishSeconds: number): number {
  const { durations } = model;
  if (!durations) return wishSeconds;
  const { min, max, only } = durations;
  if (only) return only.find((s) => s >= wishSeconds) ?? Math.max(...only);
  return Math.min(max, Math.max(min, Math.ceil(wishSeconds)));
}
