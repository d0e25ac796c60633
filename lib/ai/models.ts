import { AppError } from "@/lib/errors";
import { dollars } from "@/lib/money";
import type { Capability } from "./capability";
import type { Model, Price, ProviderId, Unit } from "./provider";

/** Dollars, low and high. */
type Range = readonly [low: number, high: number];
type Row = Pick<Model, "label" | "note" | "seconds" | "retired">;
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
  const head = (slug: string, capability: Capability) => ({
    id: `${provider}:${slug}`,
    provider,
    capability,
  });
  return {
    picture(slug: string, { price, call, reference, maxCount = 1, ...row }: PictureRow): Model {
      return {
        ...head(slug, "generateImage"),
        ...row,
        maxCount,
        price: priced({ picture: price, call, reference }),
      };
    },
    motion(slug: string, { price: [per, ...range], ...row }: MotionRow): Model {
      return { ...head(slug, "animateImage"), ...row, maxCount: 1, price: priced({ [per]: range }) };
    },
    vision(slug: string, { price, ...row }: Row & { price: Range }): Model {
      return { ...head(slug, "analyseImage"), ...row, price: priced({ call: price }) };
    },
  };
}

function priced(parts: Partial<Record<Unit, Range>>): Price {
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
