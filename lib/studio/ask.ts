import type { AnimateImage, Capability, GenerateImage, OrderSize } from "@/lib/ai";

/** Whose work it is: the step of a job that orders. */
export type Scope = {
  workspaceId: string;
  userId: string | null;
  jobId: string;
  label: string;
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

/** The assets an ask is made from. */
export function sourcesOf(ask: Ask): string[] {
  return ask.capability === "generateImage" ? ask.input.referenceIds : [ask.input.assetId];
}

export type { Capability };
