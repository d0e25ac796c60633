import { AppError } from "@/lib/errors";
import type { Ratio } from "@/lib/jobs/schema";
import type { Order } from "../capability";
import { modelOf, slugOf } from "../models";
import type { OrderSize } from "../provider";
import { roundDuration } from "../quote";
import { seedFromKey } from "../seed";
import { LEONARDO } from "./declaration";

type Size = [width: number, height: number];
type Asked = { prompt: string; size: Size; count: number; seconds: number; seed: number };
type Mapping = {
  sizes: Record<Ratio, Size>;
  maxReferences: number;
  /** Takes a seed, which the list of generations shows again. */
  seeded: boolean;
  parameters(asked: Asked): Record<string, unknown>;
};

/** Kling makes three shapes; upright pictures get the upright one, all others the wide one. */
const KLING_SIZES: Record<Ratio, Size> = {
  "16:9": [1920, 1080],
  "4:3": [1920, 1080],
  "1:1": [1440, 1440],
  "3:4": [1080, 1920],
  "9:16": [1080, 1920],
};

const MAPPINGS: Record<string, Mapping> = {
  "nano-banana-2": {
    // Only exact pairs: any other falls back to a square without a word.
    sizes: {
      "16:9": [1376, 768],
      "9:16": [768, 1376],
      "1:1": [1024, 1024],
      "4:3": [1200, 896],
      "3:4": [896, 1200],
    },
    maxReferences: 6,
    seeded: true,
    parameters: ({ prompt, size: [width, height], count, seed }) => ({
      prompt,
      width,
      height,
      quantity: count,
      seed,
      prompt_enhance: "OFF",
    }),
  },
  "seedream-5.0-pro": {
    sizes: {
      "16:9": [2048, 1152],
      "9:16": [1152, 2048],
      "1:1": [2048, 2048],
      "4:3": [2048, 1536],
      "3:4": [1536, 2048],
    },
    maxReferences: 10,
    seeded: true,
    parameters: ({ prompt, size: [width, height], count, seed }) => ({
      prompt,
      width,
      height,
      quantity: count,
      seed,
      prompt_enhance: "OFF",
      output_format: "png",
    }),
  },
  "kling-3.0-turbo": {
    sizes: KLING_SIZES,
    maxReferences: 0,
    seeded: false,
    parameters: ({ prompt, size: [width, height], seconds }) => ({
      prompt,
      width,
      height,
      duration: seconds,
      motion_has_audio: false,
    }),
  },
  "kling-3.0": {
    sizes: KLING_SIZES,
    maxReferences: 0,
    seeded: false,
    parameters: ({ prompt, size: [width, height], seconds }) => ({
      prompt,
      width,
      height,
      duration: seconds,
      mode: "RESOLUTION_1080",
      motion_has_audio: false,
    }),
  },
};

/** An order in the model's own words, but for its pictures. */
export type ModelParameters = {
  slug: string;
  parameters: Record<string, unknown>;
  seed?: number;
  seedIsOurs: boolean;
  size: OrderSize;
};

export function mapOrder(order: Order, key: string): ModelParameters {
  const model = modelOf(LEONARDO, order.model);
  const slug = slugOf(order.model);
  const mapping = MAPPINGS[slug];
  const isMade = order.capability === "generateImage" || order.capability === "animateImage";
  if (!mapping || !isMade || model.capability !== order.capability) {
    throw new AppError("bad_input", `${model.label} cannot do “${order.capability}”.`, {
      provider: "leonardo",
    });
  }
  const { prompt, ratio } = order.input;
  const seed = order.input.seed ?? seedFromKey(key);
  const count = order.capability === "generateImage" ? order.input.count : 1;
  const seconds = order.capability === "animateImage" ? roundDuration(model, order.input.durationSeconds) : 0;
  const references = order.capability === "generateImage" ? order.input.references.length : 0;
  if (count > (model.maxCount ?? 1)) {
    throw new AppError(
      "bad_input",
      `${model.label} makes at most ${model.maxCount} picture(s) in one order.`,
    );
  }
  if (references > mapping.maxReferences) {
    throw new AppError(
      "bad_input",
      `${model.label} takes at most ${mapping.maxReferences} reference picture(s).`,
    );
  }
  return {
    slug,
    parameters: mapping.parameters({ prompt, size: mapping.sizes[ratio], count, seconds, seed }),
    seed: mapping.seeded ? seed : undefined,
    seedIsOurs: mapping.seeded && order.input.seed === undefined,
    size: order.capability === "generateImage" ? { count, references } : { durationSeconds: seconds },
  };
}
