import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { type ImageAnalysis, type Operation, type Outputs, provider } from "@/lib/ai";
import { type CapReached, settleGeneration } from "@/lib/budget";
import { db } from "@/lib/db";
import { env, isReachable, publicUrl } from "@/lib/env";
import { AppError, type ErrorRecord, toAppError, toRecord } from "@/lib/errors";
import { log, withLogIds } from "@/lib/log";
import { rememberIds } from "@/lib/telemetry";
import { collect } from "./collect";
import {
  askOf,
  claimSending,
  findGeneration,
  findOwned,
  type Generation,
  moveGeneration,
  providerOf,
  purseOf,
} from "./generations";
import { orderOf } from "./media-input";

/** What came back: asset ids and data. */
export type Done = {
  state: "done";
  generationId: string;
  assetIds: string[];
  data: ImageAnalysis | null;
  costMicros: number;
};

/** How a generation stands. A failed one is thrown instead. */
export type Standing =
  | Done
  | { state: "pending"; generationId: string; lookInSeconds: number; progress: number | null }
  | { state: "uncertain"; generationId: string; provider: string; model: string; costMicros: number }
  | { state: "capped"; cap: CapReached };

/** Time limit of one look or one question to a provider. */
const LOOK_SECONDS = 60;
/** How long a lost order gets to appear in the provider's own list. */
const APPEAR_SECONDS = 5;
const FIRST_LOOK_SECONDS = 2;
const LAST_LOOK_SECONDS = 60;

/**
 * Moves a generation one stage further, from whatever stage a crash, a redelivery or a rerun left it in:
 * intended → (one POST) → accepted → (looks) → succeeded. This is the only place that spends.
 */
export function advance(row: Generation): Promise<Standing> {
  const { id: generation, jobId: job, stepLabel: step, provider: by, capability } = row;
  return withLogIds({ generation, job, step, provider: by, capability }, () => move(row).catch(rememberIds));
}

async function move(row: Generation): Promise<Standing> {
  log.debug({ state: row.state, looks: row.looks }, "an order is looked at");
  switch (row.state) {
    case "intended":
      return send(row);
    case "posting":
      return clarify(row);
    case "accepted":
      return look(row);
    case "succeeded":
      return done(row);
    case "uncertain":
      return uncertain(row);
    case "answered":
    case "lost":
    case "failed":
    case "abandoned":
      throw failureOf(row);
  }
}

async function again(row: Generation): Promise<Standing> {
  const fresh = await findGeneration({ id: row.id });
  if (!fresh) throw new AppError("canceled", "This order was withdrawn.");
  // Still unsent after a refused claim: its job has ended meanwhile.
  if (fresh.state === "intended")
    throw new AppError("canceled", "The job was canceled before this was ordered.");
  return advance(fresh);
}

async function send(row: Generation): Promise<Standing> {
  const engine = provider(providerOf(row));
  const order = await orderOf(row, askOf(row));
  const claimed = await claimSending(row, env().PROVIDER_POST_SECONDS + APPEAR_SECONDS);
  if (!claimed) return again(row);
  const workFolder = await mkdtemp(join(tmpdir(), "kinora-gen-"));
  try {
    const begun = await engine.begin(order, {
      key: row.key,
      webhookUrl: webhookUrl(row),
      workFolder,
      signal: AbortSignal.timeout(env().PROVIDER_POST_SECONDS * 1000),
    });
    if (begun.state === "succeeded") return await settle(claimed, begun.outputs, begun.costMicros);
    if (begun.state === "failed") return await fail(claimed, begun.error, begun.costMicros);
    return await adopt(claimed, begun.operation);
  } catch (thrown) {
    return await notTaken(claimed, toAppError(thrown));
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Where the provider may call; nobody can reach us on localhost, then looking alone does it. */
function webhookUrl(row: Generation): string | undefined {
  if (!isReachable()) return undefined;
  return `${publicUrl()}/api/webhooks/${row.provider}?generation=${row.key}`;
}

async function adopt(row: Generation, operation: Operation): Promise<Standing> {
  const change = { state: "accepted" as const, operation, lookAt: sql`now()` };
  const accepted = await moveGeneration(db(), row, ["posting", "uncertain"], change);
  if (!accepted) return again(row);
  return { state: "pending", generationId: row.id, lookInSeconds: FIRST_LOOK_SECONDS, progress: null };
}

/** The POST ended in an error: either nothing was taken for certain, or nobody knows. */
async function notTaken(row: Generation, error: AppError): Promise<Standing> {
  if (error.code === "answer_lost") {
    log.warn({ err: error }, "the answer to an order was lost");
    await moveGeneration(db(), row, ["posting"], {
      state: "posting",
      lookAt: sql`now() + make_interval(secs => ${APPEAR_SECONDS})`,
    });
    return again(row);
  }
  if (error.retry === "never") return fail(row, error, 0);
  await moveGeneration(db(), row, ["posting"], { state: "intended", postedAt: null, lookAt: null });
  throw error;
}

/** An order was on its way when something broke. Nothing is sent again before it is known what became of it. */
async function clarify(row: Generation): Promise<Standing> {
  const waitSeconds = ((row.lookAt?.getTime() ?? 0) - Date.now()) / 1000;
  const engine = provider(providerOf(row));
  if (engine.afterLostAnswer === "repeat") return resend(row);
  if (engine.afterLostAnswer === "ask" && row.lookAt && waitSeconds <= APPEAR_SECONDS) return doubt(row);
  if (waitSeconds > 0) {
    const lookInSeconds = Math.ceil(Math.min(LAST_LOOK_SECONDS, waitSeconds));
    return { state: "pending", generationId: row.id, lookInSeconds, progress: null };
  }
  if (!engine.reconcile) return doubt(row);
  try {
    const order = await orderOf(row, askOf(row));
    const signal = AbortSignal.timeout(LOOK_SECONDS * 1000);
    const postedAt = row.postedAt ?? row.createdAt;
    const operation = await engine.reconcile(row.key, order, postedAt, signal, (ids) => findOwned(row, ids));
    return operation ? await adopt(row, operation) : await resend(row);
  } catch (thrown) {
    if (toAppError(thrown).code === "answer_lost") return doubt(row);
    throw thrown;
  }
}

async function resend(row: Generation): Promise<Standing> {
  const intended = await moveGeneration(db(), row, ["posting"], {
    state: "intended",
    postedAt: null,
    lookAt: null,
  });
  return intended ? send(intended) : again(row);
}

async function doubt(row: Generation): Promise<Standing> {
  const doubted = await moveGeneration(db(), row, ["posting"], { state: "uncertain" });
  return doubted ? uncertain(doubted) : again(row);
}

async function look(row: Generation): Promise<Standing> {
  const operation = row.operation as Operation;
  const seen = await provider(providerOf(row)).look(operation, AbortSignal.timeout(LOOK_SECONDS * 1000));
  if (seen.state === "succeeded") return settle(row, seen.outputs, seen.costMicros);
  if (seen.state === "failed") return fail(row, seen.error, seen.costMicros);
  const lookInSeconds = Math.min(LAST_LOOK_SECONDS, FIRST_LOOK_SECONDS * 1.4 ** row.looks);
  await moveGeneration(db(), row, ["accepted"], {
    state: "accepted",
    looks: row.looks + 1,
    progress: seen.progress ?? row.progress,
    lookAt: sql`now() + make_interval(secs => ${lookInSeconds})`,
  });
  return { state: "pending", generationId: row.id, lookInSeconds, progress: seen.progress ?? row.progress };
}

/** Copies what was made into the library, and then turns the hold into the charge. */
async function settle(row: Generation, outputs: Outputs, costMicros: number): Promise<Standing> {
  const assetIds = await collect(row, outputs, costMicros);
  const result = { assetIds, data: outputs.data, seed: outputs.seed ?? null };
  const settled = await db().transaction(async (tx) => {
    const change = { state: "succeeded" as const, result, costMicros, progress: 1, settledAt: sql`now()` };
    const moved = await moveGeneration(tx, row, ["intended", "posting", "accepted", "uncertain"], change);
    if (moved) await settleGeneration(tx, purseOf(row), costMicros);
    return moved;
  });
  return settled ? done(settled) : again(row);
}

/** Ends a generation for good; what the provider charges for it is charged, the rest given back. */
export async function fail(row: Generation, error: AppError, costMicros: number): Promise<never> {
  const record: ErrorRecord = { ...toRecord(error, row.stepLabel), provider: row.provider };
  await db().transaction(async (tx) => {
    const change = { state: "failed" as const, error: record, costMicros, settledAt: sql`now()` };
    const moved = await moveGeneration(tx, row, ["intended", "posting", "accepted", "uncertain"], change);
    if (moved) await settleGeneration(tx, purseOf(row), costMicros);
  });
  throw new AppError(error.code, error.message, {
    ...error,
    retry: "never",
    provider: row.provider,
    cause: error,
  });
}

function failureOf(row: Generation): AppError {
  const {
    code,
    message,
    action,
    provider: by,
  } = row.error ?? {
    code: "canceled" as const,
    message: "This order was given up.",
  };
  return new AppError(code, message, { action, provider: by, retry: "never" });
}

function done(row: Generation): Done {
  const result = row.result as { assetIds: string[]; data: ImageAnalysis | null };
  return { state: "done", generationId: row.id, ...result, costMicros: row.costMicros };
}

function uncertain(row: Generation): Standing {
  const { provider: by, model } = row;
  return { state: "uncertain", generationId: row.id, provider: by, model, costMicros: row.heldMicros };
}
