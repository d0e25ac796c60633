import type { Declaration } from "../provider";
import { MODELS } from "./models";

/** Modern models through version 2 of its API; looking and uploading are still version 1. Nothing is made public. */
export const LEONARDO = {
  id: "leonardo",
  label: "Leonardo",
  keyName: "LEONARDO_API_KEY",
  billing: "app.leonardo.ai/api-access",
  afterLostAnswer: "reconcile",
  limits: { atOnce: 10, perMinute: 60 },
  downloads: { hosts: ["cdn.leonardo.ai", "*.leonardo.ai"], baseUrlName: "LEONARDO_BASE_URL" },
  models: MODELS,
} satisfies Declaration;
