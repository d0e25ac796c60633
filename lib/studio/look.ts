import { and, eq, sql } from "drizzle-orm";
import { type Looked, type Operation, provider } from "@/lib/ai";
import { db, schema } from "@/lib/db";
import { AppError, toAppError } from "@/lib/errors";
import { fail, lose } from "./end";
import { type Generation, moveGeneration } from "./generations";
import type { Move, Pending } from "./standing";
import { takeLooked } from "./take-in";

const { generation } = schema;

/** Time limit of one look or one question to a provider. */
export const LOOK_SECONDS = 60;
export const FIRST_LOOK_SECONDS = 2;
const LAST_LOOK_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 3600;
/**
 * An order that has given nothing but errors for a day is lost; one that its provider says to be making, or whose
 * answer lies here, after a week. Generous: no model takes hours, and providers keep results for about one.
 */
const HOPELESS_HOURS = 24;
export const ENDLESS_HOURS = 7 * 24;
/** A studio that was switched off for days looks some times before it gives anything up. */
const LEAST_FAILURES = 5;

/** Asks the provider how an order stands. */
export async function look(row: Generation): Promise<Move> {
  const operation = row.operation as Operation;
  let seen: Looked;
  try {
    seen = await provider(row.provider).look(operation, AbortSignal.timeout(LOOK_SECONDS * 1000));
  } catch (thrown) {
    return await lookFailed(row, toAppError(thrown));
  }
  switch (seen.state) {
    case "succeeded":
      return takeLooked(row, seen.outputs, seen.costMicros);
    case "failed":
      return fail(row, seen.error, seen.costMicros);
    case "gone":
      return lose(row, seen.error, seen.costMicros);
    case "running":
      return stillRunning(row, seen.progress ?? row.progress);
  }
}

/** Looks often at first, and later as rarely as it has taken long; the database tells the time. */
async function stillRunning(row: Generation, progress: number | null): Promise<Move> {
  const early = Math.min(LAST_LOOK_SECONDS, FIRST_LOOK_SECONDS * 1.4 ** Math.min(row.looks, 20));
  const ageSeconds = sql`extract(epoch from now() - coalesce(posted_at, created_at))`;
  const waitSeconds = sql`least(${LONGEST_PAUSE_SECONDS}, greatest(${early}, 0.05 * ${ageSeconds}))::float8`;
  const change = { looks: row.looks + 1, failures: 0, progress };
  const lookAt = sql`now() + make_interval(secs => ${waitSeconds})`;
  const looked = await moveGeneration(db(), row, ["accepted"], { state: "accepted", ...change, lookAt });
  if (!looked) return "look again";
  if (await isOlderThan(row, ENDLESS_HOURS)) return lose(row, neverReady(row), row.heldMicros);
  return { standing: pending(row, await secondsUntilLook(looked), progress) };
}

export function pending(row: Generation, lookInSeconds: number, progress: number | null = null): Pending {
  return { state: "pending", generationId: row.id, lookInSeconds, progress };
}

async function lookFailed(row: Generation, error: AppError): Promise<Move> {
  const { overdue } = await noteFailure(row);
  // The provider may have billed it: on the safe side it counts as paid.
  if (overdue) return lose(row, error, row.heldMicros);
  throw error;
}

function neverReady({ provider: by }: Generation): AppError {
  return new AppError("provider_failed", "Its provider has not finished this for a week.", { provider: by });
}

/**
 * Counts a look or a collection that ended in an error, and puts the next one off: from some seconds to an hour.
 * `overdue`: for so many hours nothing else has come of it.
 */
export async function noteFailure(
  row: Generation,
  hours = HOPELESS_HOURS,
): Promise<{ failures: number; overdue: boolean }> {
  const pause = sql`least(${LONGEST_PAUSE_SECONDS}, 2 * power(2, least(failures, 11)))::float8`;
  const [noted] = await db()
    .update(generation)
    .set({ failures: sql`failures + 1`, lookAt: sql`now() + make_interval(secs => ${pause})` })
    .where(and(eq(generation.id, row.id), eq(generation.state, row.state)))
    .returning({
      failures: generation.failures,
      old: sql<boolean>`coalesce(posted_at, created_at) < now() - make_interval(hours => ${hours})`,
    });
  const failures = noted?.failures ?? 0;
  return { failures, overdue: noted?.old === true && failures >= LEAST_FAILURES };
}

async function isOlderThan(row: Generation, hours: number): Promise<boolean> {
  const [found] = await db()
    .select({
      old: sql<boolean>`coalesce(posted_at, created_at) < now() - make_interval(hours => ${hours})`,
    })
    .from(generation)
    .where(eq(generation.id, row.id));
  return found?.old ?? false;
}

/** Seconds until a look is due, by the database's clock; zero or less when it is. */
export async function secondsUntilLook(row: Generation): Promise<number> {
  const [found] = await db()
    .select({ seconds: sql<number>`coalesce(extract(epoch from look_at - now()), 0)::float8` })
    .from(generation)
    .where(eq(generation.id, row.id));
  return found?.seconds ?? 0;
}
