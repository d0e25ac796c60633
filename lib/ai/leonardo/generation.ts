import { z } from "zod";
import { failure } from "../failures";
import { modelOf } from "../models";
import { OperationId } from "../operation-id";
import type { Looked, Operation } from "../provider";
import { costOf } from "../quote";
import { LEONARDO } from "./declaration";

const RETRY_UNBILLED =
  "Change the prompt or choose another model, then press Retry. Failed work is not billed.";

const Text = z.string().nullish().catch(undefined);

/** What Kinora reads of a generation; everything else may come and go, and an odd field costs only itself. */
export const Generation = z.object({
  id: OperationId.nullish().catch(undefined),
  status: Text,
  prompt: Text,
  seed: z.number().nullish().catch(undefined),
  generated_images: z
    .array(z.object({ url: Text, motionMP4URL: Text }).catch({}))
    .nullish()
    .catch(undefined),
});
export type Generation = z.infer<typeof Generation>;

/** How a generation stands. A failed one is free. Under a word that Kinora does not know, what lies there is taken. */
export function readGeneration(generation: Generation, operation: Operation): Looked {
  const known = ["PENDING", "COMPLETE", "FAILED"].includes(generation.status ?? "PENDING");
  const ready = generation.status === "COMPLETE" || (!known && urlsOf(generation, operation).length > 0);
  if (ready) return readOutputs(generation, operation);
  if (generation.status !== "FAILED") return { state: "running" };
  const error = failure(LEONARDO, "provider_failed", "The model at Leonardo failed.", {
    action: RETRY_UNBILLED,
  });
  return { state: "failed", error, costMicros: 0 };
}

function urlsOf({ generated_images }: Generation, { capability }: Operation): string[] {
  const film = capability === "animateImage";
  return (generated_images ?? []).flatMap(({ url, motionMP4URL }) => (film ? motionMP4URL : url) ?? []);
}

function readOutputs(generation: Generation, operation: Operation): Looked {
  const urls = urlsOf(generation, operation);
  if (urls.length === 0) {
    const error = failure(LEONARDO, "provider_failed", "The model at Leonardo finished without a result.", {
      action: RETRY_UNBILLED,
    });
    return { state: "failed", error, costMicros: 0 };
  }
  const { seed, size } = operation;
  const files = urls.map((url) => ({ from: "url" as const, url }));
  const ordered = size?.count ?? urls.length;
  const count = Math.min(urls.length, ordered);
  const costMicros = costOf(modelOf(LEONARDO, operation.model), { ...size, count });
  const missing = ordered - count;
  return { state: "succeeded", outputs: { files, seed, ...(missing > 0 && { missing }) }, costMicros };
}
