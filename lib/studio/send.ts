import { sql } from "drizzle-orm";
import { type Begun, provider, type Send } from "@/lib/ai";
import { db } from "@/lib/db";
import { env, isReachable, publicUrl } from "@/lib/env";
import { AppError, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { collectMade } from "./collect";
import { fail } from "./end";
import {
  askOf,
  claimSending,
  findGeneration,
  type Generation,
  moveGeneration,
  returnUnsent,
} from "./generations";
import { orderOf } from "./media-input";
import { persist } from "./persist";
import type { Move } from "./standing";
import { takeIn } from "./take-in";
import { timeLimit } from "./time-limit";
import { inWorkFolder } from "./work-folder";

/** How long pictures may take to reach a provider before the order itself is sent. */
const PREPARE_SECONDS = 600;
/** How long a lost order gets to appear in the provider's own list. */
export const APPEAR_SECONDS = 5;
const PATIENCE_SECONDS = 60;

/**
 * Sends an intended order. What comes before the claim is free and may fail as it likes; between the claim and the
 * answer lies exactly one request. Only a clear no leads back; an error of any other kind means that nobody knows.
 */
export function send(row: Generation): Promise<Move> {
  return inWorkFolder(async (workFolder) => {
    const limit = timeLimit(PREPARE_SECONDS);
    try {
      const post = await prepare(row, workFolder, limit.signal).catch(toAppError);
      if (post instanceof AppError) return await notReady(row, post);
      // From before the claim on: whoever finds the row later may rely on this process having ended its request.
      limit.restart(env().PROVIDER_POST_SECONDS);
      const claimed = await claimSending(row, env().PROVIDER_POST_SECONDS + APPEAR_SECONDS);
      if (!claimed) return await refusedClaim(row);
      const [begun, error] = await post().then(
        (begun) => [begun, null] as const,
        (thrown: unknown) => [null, toAppError(thrown)] as const,
      );
      return begun ? await receive(claimed, begun) : await unclear(claimed, error);
    } finally {
      limit.stop();
    }
  });
}

async function prepare(row: Generation, workFolder: string, signal: AbortSignal): Promise<Send> {
  const order = await orderOf(row, askOf(row));
  return provider(row.provider).prepare(order, {
    key: row.key,
    webhookUrl: webhookUrl(row),
    workFolder,
    signal,
  });
}

/** Where the provider may call; nobody can reach us on localhost, then looking alone does it. */
function webhookUrl(row: Generation): string | undefined {
  if (!isReachable() || !provider(row.provider).webhook) return undefined;
  return `${publicUrl()}/api/webhooks/${row.provider}?generation=${row.key}`;
}

/** Nothing was ordered: it stays intended, unless the same order can never be made ready. */
async function notReady(row: Generation, error: AppError): Promise<Move> {
  if (error.retry === "never" && error.code !== "canceled") return fail(row, error, 0);
  throw error;
}

async function refusedClaim(row: Generation): Promise<Move> {
  const fresh = await findGeneration({ id: row.id });
  // Still unsent after a refused claim: its job has ended meanwhile.
  if (fresh?.state === "intended")
    throw new AppError("canceled", "The job was canceled before this was ordered.");
  return "look again";
}

function receive(row: Generation, begun: Begun): Promise<Move> {
  if (begun.state === "declined") return declined(row, begun.error);
  if (begun.state === "succeeded" && isFree(row)) return collectMade(row, begun.outputs);
  return takeIn(row, begun);
}

/** What is free and can be made again needs no spool: after a crash it is simply made once more. */
function isFree(row: Generation): boolean {
  return provider(row.provider).afterLostAnswer === "repeat";
}

/** Certainly not taken, and nothing billed: it may be sent again, now or never, as its provider says. */
async function declined(row: Generation, error: AppError): Promise<Move> {
  if (error.retry === "never") return fail(row, error, 0);
  await persist("a declined order", PATIENCE_SECONDS, () => returnUnsent(row));
  throw error;
}

/** Nobody knows whether it was taken. It stays as sent, and is looked for. */
async function unclear(row: Generation, error: AppError): Promise<Move> {
  if (isFree(row)) return declined(row, error);
  log.warn({ err: error }, "the answer to an order was lost");
  await persist("an order without an answer", PATIENCE_SECONDS, () =>
    moveGeneration(db(), row, ["posting"], {
      state: "posting",
      lookAt: sql`now() + make_interval(secs => ${APPEAR_SECONDS})`,
    }),
  );
  return "look again";
}
