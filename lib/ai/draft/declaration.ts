import type { Declaration } from "../provider";
import { MODELS } from "./models";

/** The built-in engine: everything on this machine, free, the same for the same seed, and always labelled draft. */
export const DRAFT = {
  id: "draft",
  label: "Draft",
  afterLostAnswer: "repeat",
  limits: { atOnce: 64, perMinute: null },
  models: MODELS,
} satisfies Declaration;
