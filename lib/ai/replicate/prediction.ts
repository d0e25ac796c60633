import { parseProgressFromLogs } from "replicate";
import { z } from "zod";
import type { AppError } from "@/lib/errors";
import { failure, plainDetail, refused } from "../failures";
import { modelOf } from "../models";
import { OperationId } from "../operation-id";
import type { Looked, Operation } from "../provider";
import { costOf } from "../quote";
import { REPLICATE } from "./declaration";

const Text = z.string().nullish().catch(undefined);
const Seconds = z.number().nonnegative().nullish().catch(undefined);

/**
 * What Kinora reads of a prediction; everything else may come and go. Only its id must be right: an odd field beside
 * a good result costs no more than that field.
 */
export const Prediction = z.object({
  id: OperationId,
  status: z.string().catch(""),
  model: Text,
  created_at: Text,
  started_at: Text,
  completed_at: Text,
  source: Text,
  webhook: Text,
  data_removed: z.boolean().nullish().catch(undefined),
  input: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  logs: Text,
  metrics: z.object({ predict_time: Seconds }).nullish().catch(undefined),
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
    default:
      return readUnknown(prediction, operation);
  }
}

/** A word that Kinora does not know: what lies there is taken, what has ended without it counts as paid. */
function readUnknown(prediction: Prediction, operation: Operation): Looked {
  if (urlsIn(prediction.output).length > 0) return readOutputs(prediction, operation);
  if (!prediction.completed_at) return { state: "running" };
  const costMicros = costOf(modelOf(REPLICATE, operation.model), operation.size ?? {});
  return { state: "gone", error: endedOddly(prediction.status), costMicros };
}

function readOutputs(prediction: Prediction, operation: Operation): Looked {
  const { seed, size } = operation;
  const urls = urlsIn(prediction.output);
  const model = modelOf(REPLICATE, operation.model);
  if (urls.length === 0 && prediction.data_removed) {
    return { state: "gone", error: outputsGone(), costMicros: costOf(model, size ?? {}) };
  }
  if (urls.length === 0) return { state: "failed", error: nothingMade(), costMicros: 0 };
  const ordered = size?.count ?? urls.length;
  const costMicros = costOf(model, { ...size, count: Math.min(urls.length, ordered) });
  const files = urls.map((url) => ({ from: "url" as const, url }));
  const missing = Math.max(0, ordered - urls.length);
  return { state: "succeeded", outputs: { files, seed, ...(missing > 0 && { missing }) }, costMicros };
}

/** How deep the output may be nested: nobody's stack depends on it. */
const MAX_DEPTH = 4;

/** The output is one URL, an array of them, or an object with them, by model. */
function urlsIn(output: unknown, depth = 0): string[] {
  if (typeof output === "string") return /^https?:\/\//.test(output) ? [output] : [];
  if (typeof output !== "object" || output === null || depth > MAX_DEPTH) return [];
  return Object.values(output).flatMap((value) => urlsIn(value, depth + 1));
}

/** The share stands in the last line that has one. */
const LAST_LOGS = 4000;

function progressOf({ logs }: Prediction): number | undefined {
  return logs ? parseProgressFromLogs(logs.slice(-LAST_LOGS))?.percentage : undefined;
}

/** The share of the usual time that it ran, times the price: Replicate bills a canceled run by its time. */
function shareOfCost({ started_at, metrics }: Prediction, { model: id, size }: Operation): number {
  const model = modelOf(REPLICATE, id);
  const ranSeconds = metrics?.predict_time ?? (started_at ? model.seconds : 0);
  return Math.round(costOf(model, size ?? {}) * Math.min(1, ranSeconds / model.seconds));
}

/** Of what a model wrote about its failure. */
const MOST_READ = 4000;
const REFUSED = /nsfw|sensitive|flagged|safety|moderat|content policy|prohibited|copyright|\bE005\b/i;
const OUT_OF_MEMORY = /\bE1001\b|out of memory/i;
const PASSING = /\bE100[0-9]\b|\bE003\b|\bE004\b|interrupted|code: PA|high demand|unavailable|timed? ?out/i;

function failedBecause(reason: string): AppError {
  const text = reason.slice(0, MOST_READ);
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

function endedOddly(status: string): AppError {
  const how = status ? ` (“${plainDetail(status)}”)` : "";
  return failure(
    REPLICATE,
    "provider_failed",
    `Replicate ended this in a way that Kinora does not know${how}.`,
    {
      action: "Look at it in your account at Replicate; “New take” makes it again. It counts as paid.",
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
