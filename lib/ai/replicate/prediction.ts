import { parseProgressFromLogs } from "replicate";
import { z } from "zod";
import type { AppError } from "@/lib/errors";
import { failure, plainDetail, refused } from "../failures";
import { paidModel } from "../models";
import type { Looked, Operation } from "../provider";
import { costOf } from "../quote";
import { REPLICATE } from "./api";

/** What Kinora reads of a prediction; everything else may come and go. */
export const Prediction = z.object({
  id: z.string().min(1),
  status: z.enum(["starting", "processing", "succeeded", "failed", "canceled", "aborted"]),
  model: z.string().nullish(),
  created_at: z.string().nullish(),
  started_at: z.string().nullish(),
  source: z.string().nullish(),
  webhook: z.string().nullish(),
  data_removed: z.boolean().nullish(),
  input: z.record(z.string(), z.unknown()).nullish(),
  output: z.unknown(),
  error: z.unknown(),
  logs: z.string().nullish(),
  metrics: z.object({ predict_time: z.number().nullish() }).nullish(),
});
export type Prediction = z.infer<typeof Prediction>;

/** How a prediction stands. Failed and never begun is free; stopped halfway is billed for its share of time. */
export function readPrediction(prediction: Prediction, operation: Operation): Looked {
  switch (prediction.status) {
    case "starting":
      return { state: "running" };
    case "processing":
      return { state: "running", progress: progressOf(prediction) };
    case "succeeded":
      return readOutputs(prediction, operation);
    case "failed":
      return { state: "failed", error: failedBecause(textOf(prediction.error)), costMicros: 0 };
    case "aborted":
      return { state: "failed", error: neverBegun(), costMicros: 0 };
    case "canceled":
      return { state: "failed", error: stopped(), costMicros: shareOfCost(prediction, operation) };
  }
}

function readOutputs(prediction: Prediction, operation: Operation): Looked {
  const { seed, size } = operation;
  const urls = urlsIn(prediction.output);
  const model = paidModel(operation.model);
  if (urls.length === 0) {
    const error = prediction.data_removed ? outputsGone() : nothingMade();
    return { state: "failed", error, costMicros: prediction.data_removed ? costOf(model, size ?? {}) : 0 };
  }
  const costMicros = costOf(model, { ...size, count: urls.length });
  const files = urls.map((url) => ({ from: "url" as const, url }));
  return { state: "succeeded", outputs: { files, seed }, costMicros };
}

/** The output is one URL, an array of them, or an object with them, by model. */
function urlsIn(output: unknown): string[] {
  if (typeof output === "string") return /^https?:\/\//.test(output) ? [output] : [];
  if (typeof output !== "object" || output === null) return [];
  return Object.values(output).flatMap(urlsIn);
}

function progressOf({ logs }: Prediction): number | undefined {
  return logs ? parseProgressFromLogs(logs)?.percentage : undefined;
}

/** The share of the usual time that it ran, times the price: Replicate bills a canceled run by its time. */
function shareOfCost({ started_at, metrics }: Prediction, { model: id, size }: Operation): number {
  const model = paidModel(id);
  const ranSeconds = metrics?.predict_time ?? (started_at ? model.seconds : 0);
  return Math.round(costOf(model, size ?? {}) * Math.min(1, ranSeconds / model.seconds));
}

const REFUSED = /nsfw|sensitive|flagged|safety|moderat|content policy|prohibited|copyright|\bE005\b/i;
const OUT_OF_MEMORY = /\bE1001\b|out of memory/i;
const PASSING = /\bE100[0-9]\b|\bE003\b|\bE004\b|interrupted|code: PA|high demand|unavailable|timed? ?out/i;

function failedBecause(text: string): AppError {
  if (REFUSED.test(text)) return refused(REPLICATE, text);
  const said = text ? ` It says: “${plainDetail(text)}”` : "";
  if (OUT_OF_MEMORY.test(text)) {
    return failure(REPLICATE, "provider_failed", "The model at Replicate ran out of memory.", {
      action: "Use a smaller picture or another model. Nothing was billed.",
    });
  }
  const passing = PASSING.test(text);
  return failure(REPLICATE, "provider_failed", `The model at Replicate failed.${said}`, {
    retry: passing ? "later" : "never",
    action: passing
      ? "Press Retry: such a failure usually passes. Nothing was billed."
      : "Change the prompt or the settings, or choose another model. Nothing was billed.",
  });
}

function neverBegun(): AppError {
  return failure(REPLICATE, "provider_failed", "Replicate was too busy and did not begin in time.", {
    retry: "later",
    action: "Press Retry, or choose another model. Nothing was billed.",
  });
}

function stopped(): AppError {
  return failure(REPLICATE, "canceled", "The work was stopped at Replicate before it was finished.", {
    action: "Press Retry to order it again.",
  });
}

function outputsGone(): AppError {
  return failure(
    REPLICATE,
    "provider_expired",
    "Replicate has deleted the result: it keeps results for one hour.",
    {
      action: "Press “New take” to make it again. The first one was billed.",
    },
  );
}

function nothingMade(): AppError {
  return failure(REPLICATE, "provider_failed", "The model at Replicate finished without a result.", {
    action: "Change the prompt, or choose another model, then press Retry.",
  });
}

function textOf(error: unknown): string {
  if (typeof error === "string") return error;
  return error === null || error === undefined ? "" : JSON.stringify(error);
}
