import type { Declaration } from "../provider";
import { MODELS } from "./models";

export const REPLICATE = {
  id: "replicate",
  label: "Replicate",
  keyName: "REPLICATE_API_TOKEN",
  billing: "replicate.com/account/billing",
  afterLostAnswer: "reconcile",
  // It takes 600 orders a minute of one account, which may have other users.
  limits: { atOnce: 32, perMinute: 300 },
  downloads: { hosts: ["replicate.delivery", "*.replicate.delivery"], baseUrlName: "REPLICATE_BASE_URL" },
  webhook: { signedWith: ["webhook-id", "webhook-timestamp", "webhook-signature"] },
  models: MODELS,
} satisfies Declaration;
