import { type AnimateImage, type Capability, type GenerateImage, type OrderSize, quote } from "@/lib/ai";
import type { StepName } from "@/lib/jobs/schema";

/** Whose work it is: the step of a job that orders. */
export type Scope = StepName & {
  workspaceId: string;
  userId: string | null;
  jobId: string;
  stepKey: string;
  take: number;
};

/** What is asked of a provider, as plain JSON: pictures are named by asset id and fetched when it is sent. */
export type Ask = { model: string; outputRole: string } & (
  | { capability: "generateImage"; input: Omit<GenerateImage, "references"> & { referenceIds: string[] } }
  | { capability: "animateImage"; input: Omit<AnimateImage, "image"> & { assetId: string } }
  | { capability: "analyseImage"; input: { assetId: string; atSeconds?: number } }
);

/** How large an ask is, for its price. */
export function sizeOf(ask: Ask): OrderSize {
  if (ask.capability === "generateImage")
    return { count: ask.input.count, references: ask.input.referenceIds.length };
  if (ask.capability === "animateImage") return { durationSeconds: ask.input.durationSeconds };
  return {};
}

/** What an ask will probably cost, in micro-dollars, and take, in seconds. */
export function quoteAsk(ask: Ask) {
  return quote({ model: ask.model, ...sizeOf(ask) });
}

/** The assets an ask is made from. */
export function sourcesOf(ask: Ask): string[] {
  return ask.capability === "generateImage" ? ask.input.referenceIds : [ask.input.assetId];
}

export type { Capability };
