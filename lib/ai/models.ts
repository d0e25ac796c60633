import { AppError } from "@/lib/errors";
import { dollars } from "@/lib/money";
import type { Capability } from "./capability";
import type { Model, Price, ProviderId, Unit } from "./provider";

/** Dollars, low and high. */
type Range = readonly [low: number, high: number];
type Row = Pick<Model, "label" | "note" | "seconds" | "retired">;
type Parts = Partial<Record<Unit, Range>>;
type PictureRow = Row & { price: Range; call?: Range; reference?: Range; maxCount?: number };
type MotionRow = Row & {
  price: ["second" | "call", number, number];
  durations: NonNullable<Model["durations"]>;
};

/**
 * How a provider's models are written: slug, price, lengths, counts, usual time. Every price is an estimate, given here
 * in dollars. A model that leaves is retired, not removed: what was ordered from it is still read and charged.
 */
export function rowsOf(provider: ProviderId) {
  /** Of any capability, with its price in parts. */
  const model = (
    capability: Capability,
    slug: string,
    { parts, ...row }: Row & Partial<Pick<Model, "durations" | "maxCount">> & { parts: Parts },
  ): Model => ({ id: `${provider}:${slug}`, provider, capability, ...row, price: priced(parts) });
  return {
    model,
    picture: (slug: string, { price, call, reference, maxCount = 1, ...row }: PictureRow) =>
      model("generateImage", slug, { ...row, maxCount, parts: { picture: price, call, reference } }),
    motion: (slug: string, { price: [per, ...range], ...row }: MotionRow) =>
      model("animateImage", slug, { ...row, maxCount: 1, parts: { [per]: range } }),
    vision: (slug: string, { price, ...row }: Row & { price: Range }) =>
      model("analyseImage", slug, { ...row, parts: { call: price } }),
  };
}

function priced(parts: Parts): Price {
  return Object.entries(parts).flatMap(([per, range]) =>
    range ? [{ per: per as Unit, lowMicros: dollars(range[0]), highMicros: dollars(range[1]) }] : [],
  );
}

/** A model that is offered no more, and what to choose of these instead: its successor, else the next best. */
export function modelGone({ id, provider, label, capability, retired }: Model, among: Model[]): AppError {
  const offered = among.filter((model) => !model.retired && model.id !== id);
  const next =
    offered.find((model) => model.id === retired?.successor) ??
    offered.find((model) => model.capability === capability);
  return new AppError("bad_input", `${label} is no longer offered.`, {
    provider,
    action: next ? `Choose ${next.label} instead (${next.id}), or another model.` : "Choose another model.",
  });
}

/** The provider's row of an order; `bad_input` when an order names a model that is gone. */
export function modelOf({ models }: { models: Model[] }, id: string): Model {
  const found = models.find((model) => model.id === id);
  if (found) return found;
  throw new AppError("bad_input", `“${id}” is no longer offered here.`, { action: "Choose another model." });
}

/** The provider's own name of a model: what follows the first colon of the id. */
export function slugOf(modelId: string): string {
  return modelId.slice(modelId.indexOf(":") + 1);
}
