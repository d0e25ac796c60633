import type { Declaration } from "../provider";
import { MODELS } from "./models";

export const OPENAI = {
  id: "openai",
  label: "OpenAI",
  keyName: "OPENAI_API_KEY",
  billing: "platform.openai.com/settings/organization/billing",
  // It sends no key of ours along and lists nothing it has made, so a lost answer cannot be found again.
  afterLostAnswer: "ask",
  limits: { atOnce: 16, perMinute: 120 },
  models: MODELS,
} satisfies Declaration;
