import { AppError } from "@/lib/errors";
import type { Order } from "../capability";
import { modelOf, slugOf } from "../models";
import type { OrderSize } from "../provider";
import { roundDuration } from "../quote";
import { seedFromKey } from "../seed";
import { REPLICATE } from "./declaration";

type Asked = { prompt: string; ratio: string; count: number; seconds: number; seed: number };
type Field = { name: string; max?: number };

/** How one model wants to be asked: which of its inputs carry pictures, and all the others. */
type Mapping = {
  /** Input for the first frame. */
  frame?: string;
  /** Input for reference pictures, an array. */
  references?: Field;
  /** Takes a seed. Without one, two orders of the same prompt cannot be told apart afterwards. */
  seeded: boolean;
  plain(asked: Asked): Record<string, string | number | boolean>;
};

/** Ratios that Kling knows; for others the first frame decides. */
const klingRatio = (ratio: string) =>
  ["16:9", "9:16", "1:1"].includes(ratio) ? { aspect_ratio: ratio } : undefined;

const SEEDANCE: Mapping = {
  frame: "image",
  seeded: true,
  plain: ({ prompt, ratio, seconds, seed }) => ({
    prompt,
    seed,
    aspect_ratio: ratio,
    duration: seconds,
    resolution: "720p",
    generate_audio: false,
  }),
};

const MAPPINGS: Record<string, Mapping> = {
  "black-forest-labs/flux-schnell": {
    seeded: true,
    plain: ({ prompt, ratio, count, seed }) => ({
      prompt,
      seed,
      aspect_ratio: ratio,
      num_outputs: count,
      output_format: "png",
    }),
  },
  "black-forest-labs/flux-2-pro": {
    seeded: true,
    references: { name: "input_images", max: 8 },
    plain: ({ prompt, ratio, seed }) => ({
      prompt,
      seed,
      aspect_ratio: ratio,
      resolution: "1 MP",
      output_format: "png",
    }),
  },
  "bytedance/seedream-5-lite": {
    seeded: false,
    references: { name: "image_input", max: 14 },
    plain: ({ prompt, ratio }) => ({ prompt, aspect_ratio: ratio, size: "2K", output_format: "png" }),
  },
  "google/nano-banana-2": {
    seeded: false,
    references: { name: "image_input", max: 14 },
    plain: ({ prompt, ratio }) => ({ prompt, aspect_ratio: ratio, resolution: "1K", output_format: "png" }),
  },
  "ideogram-ai/ideogram-v3-turbo": {
    seeded: true,
    references: { name: "style_reference_images", max: 3 },
    plain: ({ prompt, ratio, seed }) => ({ prompt, seed, aspect_ratio: ratio }),
  },
  "bytedance/seedance-2.0": SEEDANCE,
  "bytedance/seedance-2.0-fast": SEEDANCE,
  "kwaivgi/kling-v2.5-turbo-pro": {
    frame: "start_image",
    seeded: false,
    plain: ({ prompt, ratio, seconds }) => ({ prompt, duration: seconds, ...klingRatio(ratio) }),
  },
  "kwaivgi/kling-v3-video": {
    frame: "start_image",
    seeded: false,
    plain: ({ prompt, ratio, seconds }) => ({
      prompt,
      duration: seconds,
      mode: "pro",
      generate_audio: false,
      ...klingRatio(ratio),
    }),
  },
  "google/veo-3.1-fast": {
    frame: "image",
    seeded: true,
    plain: ({ prompt, ratio, seconds, seed }) => ({
      prompt,
      seed,
      // Veo makes no other shapes: upright pictures get the upright film, all others the wide one.
      aspect_ratio: ["9:16", "3:4"].includes(ratio) ? "9:16" : "16:9",
      duration: seconds,
      // It makes the larger one at its full length only.
      resolution: seconds === 8 ? "1080p" : "720p",
      generate_audio: false,
    }),
  },
  "minimax/hailuo-2.3-fast": {
    frame: "first_frame_image",
    seeded: false,
    plain: ({ prompt, seconds }) => ({ prompt, duration: seconds, resolution: "768p" }),
  },
  "wan-video/wan-2.2-i2v-fast": {
    frame: "image",
    seeded: true,
    // It counts frames at 16 per second, 81 to 121 of them.
    plain: ({ prompt, seconds, seed }) => ({
      prompt,
      seed,
      num_frames: Math.min(121, seconds * 16 + 1),
      frames_per_second: 16,
      resolution: "720p",
    }),
  },
};

/** An order in the model's own words, but for its pictures. Equal orders under one key give equal words. */
export type ModelInput = {
  slug: string;
  plain: Record<string, string | number | boolean>;
  frame?: string;
  references?: Field;
  seed?: number;
  /** The seed was made from our key, so no other order has it. */
  seedIsOurs: boolean;
  size: OrderSize;
};

export function mapOrder(order: Order, key: string): ModelInput {
  const model = modelOf(REPLICATE, order.model);
  const slug = slugOf(order.model);
  const mapping = MAPPINGS[slug];
  const isMade = order.capability === "generateImage" || order.capability === "animateImage";
  if (!mapping || !isMade || model.capability !== order.capability) {
    throw new AppError("bad_input", `${model.label} cannot do “${order.capability}”.`, {
      provider: "replicate",
    });
  }
  const { prompt, ratio } = order.input;
  const seed = order.input.seed ?? seedFromKey(key);
  const count = order.capability === "generateImage" ? order.input.count : 1;
  const seconds = order.capability === "animateImage" ? roundDuration(model, order.input.durationSeconds) : 0;
  const references = order.capability === "generateImage" ? order.input.references.length : 0;
  checkLimits(model.label, { count, maxCount: model.maxCount ?? 1, references, field: mapping.references });
  return {
    slug,
    plain: mapping.plain({ prompt, ratio, count, seconds, seed }),
    frame: mapping.frame,
    references: mapping.references,
    seed: mapping.seeded ? seed : undefined,
    seedIsOurs: mapping.seeded && order.input.seed === undefined,
    size: order.capability === "generateImage" ? { count, references } : { durationSeconds: seconds },
  };
}

function checkLimits(
  label: string,
  {
    count,
    maxCount,
    references,
    field,
  }: { count: number; maxCount: number; references: number; field?: Field },
): void {
  const most = field?.max ?? 0;
  if (count > maxCount) {
    throw new AppError(
      "bad_input",
      `${label} makes at most ${maxCount} picture(s) in one order, not ${count}.`,
    );
  }
  if (references > most) {
    throw new AppError(
      "bad_input",
      `${label} takes at most ${most} reference picture(s), not ${references}.`,
      {
        action: "Take some away, or choose a model that takes more, such as Seedream 5 lite.",
      },
    );
  }
}
