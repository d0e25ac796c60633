import { z } from "zod";
import { failure } from "../failures";
import { paidModel } from "../models";
import type { Looked, Operation } from "../provider";
import { costOf } from "../quote";
import { LEONARDO } from "./api";

const RETRY_UNBILLED =
  "Change the prompt or choose another model, then press Retry. Failed work is not billed.";

/** What Kinora reads of a generation; everything else may come and go. */
export const Generation = z.object({
  id: z.string().nullish(),
  status: z.enum(["PENDING", "COMPLETE", "FAILED"]).nullish(),
  createdAt: z.string().nullish(),
  prompt: z.string().nullish(),
  seed: z.number().nullish(),
  generated_images: z
    .array(z.object({ url: z.string().nullish(), motionMP4URL: z.string().nullish() }))
    .nullish(),
});
export type Generation = z.infer<typeof Generation>;

/** How a generation stands. A failed one is free. */
export function readGeneration(generation: Generation, operation: Operation): Looked {
  if (generation.status === "COMPLETE") return readOutputs(generation, operation);
  if (generation.status !== "FAILED") return { state: "running" };
  const error = failure(LEONARDO, "provider_failed", "The model at Leonardo failed.", {
    action: RETRY_UNBILLED,
  });
  return { state: "failed", error, costMicros: 0 };
}

function readOutputs({ generated_images }: Generation, operation: Operation): Looked {
  const film = operation.capability === "animateImage";
  const urls = (generated_images ?? []).flatMap(({ url, motionMP4URL }) => (film ? motionMP4URL : url) ?? []);
  if (urls.length === 0) {
    const error = failure(LEONARDO, "provider_failed", "The model at Leonardo finished without a result.", {
      action: RETRY_UNBILLED,
    });
    return { state: "failed", error, costMicros: 0 };
  }
  const { seed, size } = operation;
  const files = urls.map((url) => ({ from: "url" as const, url }));
  const costMicros = costOf(paidModel(operation.model), { ...size, count: urls.length });
  return { state: "succeeded", outputs: { files, seed }, costMicros };
}
