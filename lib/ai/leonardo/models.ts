import { rowsOf } from "../models";
import type { Model } from "../provider";

const { picture, motion } = rowsOf("leonardo");

/** Leonardo's models, the best of a capability first. Prices from its public price page in autumn 2026. */
export const MODELS: Model[] = [
  picture("nano-banana-2", {
    label: "Nano Banana 2 on Leonardo",
    note: "Edits and combines up to 6 pictures.",
    price: [0.04, 0.08],
    seconds: 25,
    maxCount: 4,
    retired: { since: "2026-10-29", successor: "leonardo:seedream-5.0-pro" },
  }),
  picture("seedream-5.0-pro", {
    label: "Seedream 5 pro on Leonardo",
    note: "Large, film-like pictures.",
    price: [0.04, 0.08],
    seconds: 30,
    maxCount: 4,
  }),
  motion("kling-3.0-turbo", {
    label: "Kling 3 turbo on Leonardo",
    note: "Quick takes at 1080p, 3–15 s.",
    price: ["second", 0.1, 0.2],
    seconds: 150,
    durations: { min: 3, max: 15 },
  }),
  motion("kling-3.0", {
    label: "Kling 3 on Leonardo",
    note: "Long takes at 1080p, 3–15 s.",
    price: ["second", 0.15, 0.3],
    seconds: 240,
    durations: { min: 3, max: 15 },
  }),
];
