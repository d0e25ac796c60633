import { and, eq, inArray, isNull, lt, notExists } from "drizzle-orm";
import { findKnownIds } from "@/lib/assets";
import { databaseNow, db, schema, type Tx } from "@/lib/db";
import { log } from "@/lib/log";
import { type StoredKey, storage } from "@/lib/storage";
import { answerOf, storedKeys } from "./answer";

const { job, generation, workspace } = schema;

/** Files are stored before their row: younger ones may belong to an ingest that is under way. */
const SETTLED_HOURS = 1;
/** Longer than any transfer may take. */
const ABANDONED_HOURS = 24;
/** Crashes leave a few. More mean that it is the rows that are missing: an older backup, another database. */
const MOST_FROM_CRASHES = 100;
const LOOK_UP_AT_ONCE = 500;
/** What the studio itself stores. A bucket may hold other things as well. */
const OURS = /^(ws_\w+)\/(?:(job_\w+)|uploads)\/(?:asset|up|gen)_[\w.-]+$/;

/** Files in storage that no row knows of: left by a crash, or younger than a restored backup. Nothing is deleted. */
export async function* listOrphans(moment?: Date): AsyncGenerator<StoredKey> {
  const before = moment ?? hoursBefore(await databaseNow(), SETTLED_HOURS);
  let batch: StoredKey[] = [];
  for await (const file of storage().list("")) {
    if (file.modifiedAt >= before) continue;
    batch.push(file);
    if (batch.length < LOOK_UP_AT_ONCE) continue;
    yield* await keepUnknown(batch);
    batch = [];
  }
  yield* await keepUnknown(batch);
}

/**
 * Deletes what crashes left in storage: files a day old, without a row, of a workspace that is known and a job that
 * ended a day ago with nothing open. Of too many none is touched. How many there were.
 */
export async function sweepOrphans(now?: Date): Promise<number> {
  const before = hoursBefore(now ?? (await databaseNow()), ABANDONED_HOURS);
  const orphans: string[] = [];
  for await (const { key } of listOrphans(before)) {
    if (OURS.test(key)) orphans.push(key);
    if (orphans.length <= MOST_FROM_CRASHES) continue;
    log.warn(
      "so many files in storage have no row that rows must be missing: none is deleted; see npm run doctor",
    );
    return 0;
  }
  let swept = 0;
  for (const key of orphans) if (await remove(key, before)) swept += 1;
  if (swept > 0) log.info({ files: swept }, "files that crashes left in storage were deleted");
  return swept;
}

/** Under the lock that a retry of the job would need: nobody begins to store it anew meanwhile. */
function remove(key: string, before: Date): Promise<boolean> {
  return db().transaction(async (tx) => {
    const [, workspaceId = "", jobId] = OURS.exec(key) ?? [];
    const isOver = jobId ? await lockEnded(tx, workspaceId, jobId, before) : await isKnown(tx, workspaceId);
    if (!isOver || (await findKnown([key])).size > 0) return false;
    await storage().delete([key]);
    return true;
  });
}

async function lockEnded(tx: Tx, workspaceId: string, jobId: string, before: Date): Promise<boolean> {
  const open = tx
    .select({ id: generation.id })
    .from(generation)
    .where(and(eq(generation.jobId, jobId), isNull(generation.settledAt)));
  const rows = await tx
    .select({ id: job.id })
    .from(job)
    .where(
      and(
        and(eq(job.id, jobId), eq(job.workspaceId, workspaceId), lt(job.finishedAt, before)),
        inArray(job.state, ["completed", "failed", "canceled"]),
        notExists(open),
      ),
    )
    .for("update");
  return rows.length > 0;
}

async function isKnown(tx: Tx, workspaceId: string): Promise<boolean> {
  const rows = await tx.select({ id: workspace.id }).from(workspace).where(eq(workspace.id, workspaceId));
  return rows.length > 0;
}

async function keepUnknown(files: StoredKey[]): Promise<StoredKey[]> {
  const known = await findKnown(files.map(({ key }) => key));
  return files.filter(({ key }) => !known.has(key));
}

/** The keys that belong to an asset or an upload, or that the answer to an order still needs. */
async function findKnown(keys: string[]): Promise<Set<string>> {
  const owners = [...new Set(keys.map(ownerOf))];
  const [ids, answers] = await Promise.all([findKnownIds(owners), findAnswers(owners)]);
  const needed = new Set(answers.flatMap((row) => (row.settledAt ? storedKeys(answerOf(row)) : [row.id])));
  return new Set(keys.filter((key) => ids.has(ownerOf(key)) || needed.has(key) || needed.has(ownerOf(key))));
}

async function findAnswers(owners: string[]) {
  const ids = owners.filter((id) => id.startsWith("gen_"));
  return ids.length === 0 ? [] : db().select().from(generation).where(inArray(generation.id, ids));
}

/** `ws_…/job_…/asset_1.thumb.webp` belongs to `asset_1`. */
function ownerOf(key: string): string {
  return key.slice(key.lastIndexOf("/") + 1).split(".")[0] ?? "";
}

function hoursBefore(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}
