import { eq } from "drizzle-orm";
import { type Operation, provider } from "@/lib/ai";
import { db, schema } from "@/lib/db";
import { log } from "@/lib/log";
import type { Generation } from "./generations";

const { job } = schema;

/** Asks the provider to stop what a canceled job has ordered. It may go on, or be billed, all the same. */
export async function stopIfCanceled(row: Generation): Promise<void> {
  if (row.state !== "accepted") return;
  const [found] = await db().select({ state: job.state }).from(job).where(eq(job.id, row.jobId));
  if (found?.state !== "canceled") return;
  const { cancel } = provider(row.provider);
  await cancel(row.operation as Operation, AbortSignal.timeout(30_000)).catch((err) =>
    log.warn({ generation: row.id, err }, "an order could not be canceled at its provider"),
  );
}
