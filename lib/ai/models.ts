import { AppError } from "@/lib/errors";
import { dollars } from "@/lib/money";
import type { Capability } from "./capability";
import type { Model, Price, ProviderId, Unit } from "./provider";

/** Billed by the token: a long prompt and each reference picture add to what the pictures cost. */
const FLARE = {
  price: [0.013, 0.05],
  call: [0, 0.02],
  reference: [0.003, 0.05],
  seconds: 25,
  maxCount: 4,
} as const;
const SUNBURST = { ...FLARE, price: [0.05, 0.12], seconds: 60 } as const;

/**
 * The one table of paid models: slug, price, lengths, counts, usual time. Every price is an estimate in micro-dollars,
 * taken from the providers' public price pages in autumn 2026. A model that leaves is retired, not removed: what was
 * ordered from it is still read and charged.
 * Per capability the best comes first: `defaultModel` takes the first whose provider is configured.
 */
export const PAID_MODELS: Model[] = [
  // ---- pictures
  picture("replicate", "black-forest-labs/flux-schnell", {
    label: "FLUX schnell",
    note: "Fast and cheap; several at once.",
    price: [0.003, 0.003],
    seconds: 4,
    maxCount: 4,
  }),
  picture("replicate", "black-forest-labs/flux-2-pro", {
    label: "FLUX.2 pro",
    note: "Fine detail; follows reference pictures.",
    // A run, and each megapixel of every picture: one goes out, a reference may have four.
    price: [0.03, 0.03],
    reference: [0.015, 0.06],
    seconds: 15,
  }),
  picture("replicate", "bytedance/seedream-5-lite", {
    label: "Seedream 5 lite",
    note: "Large, film-like pictures at 2K.",
    price: [0.03, 0.04],
    seconds: 20,
  }),
  picture("replicate", "google/nano-banana-2", {
    label: "Nano Banana 2",
    note: "Edits and combines up to 14 pictures.",
    price: [0.05, 0.08],
    seconds: 20,
    retired: { since: "2026-10-29", successor: "replicate:bytedance/seedream-5-lite" },
  }),
  picture("replicate", "ideogram-ai/ideogram-v3-turbo", {
    label: "Ideogram 3 turbo",
    note: "Writes legible text in pictures.",
    price: [0.03, 0.03],
    seconds: 10,
  }),
  picture("openai", "gpt-image-2.6-flare", {
    label: "GPT Image 2.6 Flare",
    note: "Understands long prompts; quick.",
    ...FLARE,
  }),
  picture("openai", "gpt-image-2.6-sunburst", {
    label: "GPT Image 2.6 Sunburst",
    note: "Most precise with edits; slower.",
    ...SUNBURST,
  }),
  picture("openai", "gpt-image-2.5-flare", {
    label: "GPT Image 2.5 Flare",
    note: "The former one.",
    ...FLARE,
    retired: { since: "2026-11-27", successor: "openai:gpt-image-2.6-flare" },
  }),
  picture("openai", "gpt-image-2.5-sunburst", {
    label: "GPT Image 2.5 Sunburst",
    note: "The former one.",
    ...SUNBURST,
    retired: { since: "2026-11-27", successor: "openai:gpt-image-2.6-sunburst" },
  }),
  picture("leonardo", "nano-banana-2", {
    label: "Nano Banana 2 on Leonardo",
    note: "Edits and combines up to 6 pictures.",
    price: [0.04, 0.08],
    seconds: 25,
    maxCount: 4,
    retired: { since: "2026-10-29", successor: "leonardo:seedream-5.0-pro" },
  }),
  picture("leonardo", "seedream-5.0-pro", {
    label: "Seedream 5 pro on Leonardo",
    note: "Large, film-like pictures.",
    price: [0.04, 0.08],
    seconds: 30,
    maxCount: 4,
  }),

  // ---- motion
  motion("replicate", "bytedance/seedance-2.0-fast", {
    label: "Seedance 2.0 fast",
    note: "Good motion, quick, 4–15 s.",
    price: ["second", 0.15, 0.18],
    seconds: 90,
    durations: { min: 4, max: 15 },
  }),
  motion("replicate", "bytedance/seedance-2.0", {
    label: "Seedance 2.0",
    note: "The finest motion, 4–15 s.",
    price: ["second", 0.14, 0.3],
    seconds: 180,
    durations: { min: 4, max: 15 },
  }),
  motion("replicate", "kwaivgi/kling-v2.5-turbo-pro", {
    label: "Kling 2.5 turbo pro",
    note: "Strong camera moves, 5 or 10 s.",
    price: ["second", 0.07, 0.07],
    seconds: 150,
    durations: { min: 5, max: 10, only: [5, 10] },
  }),
  motion("replicate", "kwaivgi/kling-v3-video", {
    label: "Kling 3",
    note: "Long takes in pro quality, 3–15 s.",
    price: ["second", 0.224, 0.224],
    seconds: 240,
    durations: { min: 3, max: 15 },
  }),
  motion("replicate", "google/veo-3.1-fast", {
    label: "Veo 3.1 fast",
    note: "Realistic light; 4, 6 or 8 s; no 1:1.",
    price: ["second", 0.1, 0.1],
    seconds: 90,
    durations: { min: 4, max: 8, only: [4, 6, 8] },
  }),
  motion("replicate", "minimax/hailuo-2.3-fast", {
    label: "Hailuo 2.3 fast",
    note: "Lively people, 6 or 10 s.",
    price: ["second", 0.032, 0.033],
    seconds: 120,
    durations: { min: 6, max: 10, only: [6, 10] },
  }),
  motion("replicate", "wan-video/wan-2.2-i2v-fast", {
    label: "Wan 2.2 fast",
    note: "Cheap and quick, 5–7 s.",
    price: ["call", 0.05, 0.15],
    seconds: 60,
    durations: { min: 5, max: 7 },
  }),
  motion("leonardo", "kling-3.0-turbo", {
    label: "Kling 3 turbo on Leonardo",
    note: "Quick takes at 1080p, 3–15 s.",
    price: ["second", 0.1, 0.2],
    seconds: 150,
    durations: { min: 3, max: 15 },
  }),
  motion("leonardo", "kling-3.0", {
    label: "Kling 3 on Leonardo",
    note: "Long takes at 1080p, 3–15 s.",
    price: ["second", 0.15, 0.3],
    seconds: 240,
    durations: { min: 3, max: 15 },
  }),

  // ---- vision
  {
    id: "openai:gpt-6-luna",
    provider: "openai",
    capability: "analyseImage",
    label: "GPT-6 Luna",
    note: "Describes a picture, tags it, suggests how to move it.",
    price: priced({ call: [0.0003, 0.005] }),
    seconds: 6,
  },
];

/**
 * What OpenAI bills per token, in micro-dollars (the same figure as dollars per million tokens). Its answers count the
 * tokens, so here the charge is the real one.
 */
export const TOKEN_MICROS: Record<string, { text: number; image: number; output: number }> = {
  "gpt-image-2.6-flare": { text: 5, image: 8, output: 30 },
  "gpt-image-2.6-sunburst": { text: 5, image: 8, output: 30 },
  "gpt-image-2.5-flare": { text: 5, image: 8, output: 30 },
  "gpt-image-2.5-sunburst": { text: 5, image: 8, output: 30 },
  "gpt-6-luna": { text: 0.1, image: 0.1, output: 0.5 },
};

/** Dollars, low and high. */
type Range = readonly [low: number, high: number];
type Row = Pick<Model, "label" | "note" | "seconds" | "retired">;

function picture(
  provider: ProviderId,
  slug: string,
  row: Row & { price: Range; call?: Range; reference?: Range; maxCount?: number },
): Model {
  const { price, call, reference, maxCount = 1, ...rest } = row;
  const parts = { picture: price, call, reference };
  return { ...head(provider, slug, "generateImage"), ...rest, maxCount, price: priced(parts) };
}

function motion(
  provider: ProviderId,
  slug: string,
  row: Row & { price: ["second" | "call", number, number]; durations: NonNullable<Model["durations"]> },
): Model {
  const [per, ...range] = row.price;
  return { ...head(provider, slug, "animateImage"), ...row, maxCount: 1, price: priced({ [per]: range }) };
}

function head(provider: ProviderId, slug: string, capability: Capability) {
  return { id: `${provider}:${slug}`, provider, capability };
}

function priced(parts: Partial<Record<Unit, Range>>): Price {
  return Object.entries(parts).flatMap(([per, range]) =>
    range ? [{ per: per as Unit, lowMicros: dollars(range[0]), highMicros: dollars(range[1]) }] : [],
  );
}

/** A model that its provider offers no more, and what to choose instead: its successor, else the next best. */
export function modelGone({ id, provider, label, capability, retired }: Model): AppError {
  const offered = PAID_MODELS.filter((model) => !model.retired && model.id !== id);
  const next =
    offered.find((model) => model.id === retired?.successor) ??
    offered.find((model) => model.capability === capability);
  return new AppError("bad_input", `${label} is no longer offered.`, {
    provider,
    action: next ? `Choose ${next.label} instead (${next.id}), or another model.` : "Choose another model.",
  });
}

/** The table's row of an order; `bad_input` when an order names a model that is gone. */
export function paidModel(id: string): Model {
  const found = PAID_MODELS.find((model) => model.id === id);
  if (found) return found;
  throw new AppError("bad_input", `“${id}” is no longer offered here.`, { action: "Choose another model." });
}

/** The provider's own name of a model: what follows the first colon of the id. */
export function slugOf(modelId: string): string {
  return modelId.slice(modelId.indexOf(":") + 1);
}
