import { rowsOf } from "../models";
import type { Model } from "../provider";

const { picture, motion } = rowsOf("replicate");

/** Replicate's models, the best of a capability first. Prices from its public price page in autumn 2026. */
export const MODELS: Model[] = [
  picture("black-forest-labs/flux-schnell", {
    label: "FLUX schnell",
    note: "Fast and cheap; several at once.",
    price: [0.003, 0.003],
    seconds: 4,
    maxCount: 4,
  }),
  picture("black-forest-labs/flux-2-pro", {
    label: "FLUX.2 pro",
    note: "Fine detail; follows reference pictures.",
    // A run, and each megapixel of every picture: one goes out, a reference may have four.
    price: [0.03, 0.03],
    reference: [0.015, 0.06],
    seconds: 15,
  }),
  picture("bytedance/seedream-5-lite", {
    label: "Seedream 5 lite",
    note: "Large, film-like pictures at 2K.",
    price: [0.03, 0.04],
    seconds: 20,
  }),
  picture("google/nano-banana-2", {
    label: "Nano Banana 2",
    note: "Edits and combines up to 14 pictures.",
    price: [0.05, 0.08],
    seconds: 20,
    retired: { since: "2026-10-29", successor: "replicate:bytedance/seedream-5-lite" },
  }),
  picture("ideogram-ai/ideogram-v3-turbo", {
    label: "Ideogram 3 turbo",
    note: "Writes legible text in pictures.",
    price: [0.03, 0.03],
    seconds: 10,
  }),
  motion("bytedance/seedance-2.0-fast", {
    label: "Seedance 2.0 fast",
    note: "Good motion, quick, 4–15 s.",
    price: ["second", 0.15, 0.18],
    seconds: 90,
    durations: { min: 4, max: 15 },
  }),
  motion("bytedance/seedance-2.0", {
    label: "Seedance 2.0",
    note: "The finest motion, 4–15 s.",
    price: ["second", 0.14, 0.3],
    seconds: 180,
    durations: { min: 4, max: 15 },
  }),
  motion("kwaivgi/kling-v2.5-turbo-pro", {
    label: "Kling 2.5 turbo pro",
    note: "Strong camera moves, 5 or 10 s.",
    price: ["second", 0.07, 0.07],
    seconds: 150,
    durations: { min: 5, max: 10, only: [5, 10] },
  }),
  motion("kwaivgi/kling-v3-video", {
    label: "Kling 3",
    note: "Long takes in pro quality, 3–15 s.",
    price: ["second", 0.224, 0.224],
    seconds: 240,
    durations: { min: 3, max: 15 },
  }),
  motion("google/veo-3.1-fast", {
    label: "Veo 3.1 fast",
    note: "Realistic light; 4, 6 or 8 s; no 1:1.",
    price: ["second", 0.1, 0.1],
    seconds: 90,
    durations: { min: 4, max: 8, only: [4, 6, 8] },
  }),
  motion("minimax/hailuo-2.3-fast", {
    label: "Hailuo 2.3 fast",
    note: "Lively people, 6 or 10 s.",
    price: ["second", 0.032, 0.033],
    seconds: 120,
    durations: { min: 6, max: 10, only: [6, 10] },
  }),
  motion("wan-video/wan-2.2-i2v-fast", {
    label: "Wan 2.2 fast",
    note: "Cheap and quick, 5–7 s.",
    price: ["call", 0.05, 0.15],
    seconds: 60,
    durations: { min: 5, max: 7 },
  }),
];
