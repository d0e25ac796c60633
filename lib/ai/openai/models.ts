import { rowsOf } from "../models";
import type { Model } from "../provider";

const { picture, vision } = rowsOf("openai");

/** Billed by the token: a long prompt and each reference picture add to what the pictures cost. */
const FLARE = {
  price: [0.013, 0.05],
  call: [0, 0.02],
  reference: [0.003, 0.05],
  seconds: 25,
  maxCount: 4,
} as const;
const SUNBURST = { ...FLARE, price: [0.05, 0.12], seconds: 60 } as const;

/** OpenAI's models, the best of a capability first. Prices from its public price page in autumn 2026. */
export const MODELS: Model[] = [
  picture("gpt-image-2.6-flare", {
    label: "GPT Image 2.6 Flare",
    note: "Understands long prompts; quick.",
    ...FLARE,
  }),
  picture("gpt-image-2.6-sunburst", {
    label: "GPT Image 2.6 Sunburst",
    note: "Most precise with edits; slower.",
    ...SUNBURST,
  }),
  picture("gpt-image-2.5-flare", {
    label: "GPT Image 2.5 Flare",
    note: "The former one.",
    ...FLARE,
    retired: { since: "2026-11-27", successor: "openai:gpt-image-2.6-flare" },
  }),
  picture("gpt-image-2.5-sunburst", {
    label: "GPT Image 2.5 Sunburst",
    note: "The former one.",
    ...SUNBURST,
    retired: { since: "2026-11-27", successor: "openai:gpt-image-2.6-sunburst" },
  }),
  vision("gpt-6-luna", {
    label: "GPT-6 Luna",
    note: "Describes a picture, tags it, suggests how to move it.",
    price: [0.0003, 0.005],
    seconds: 6,
  }),
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
