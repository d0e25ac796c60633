import { and, asc, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db, schema, type Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { NewUpload } from "./upload-schema";

export type Upload = typeof schema.upload.$inferSelect;

/** So long after its last sign of life an upload can be gone on with, and this long after it began. */
const ALIVE = sql`least(now() + interval '24 hours', ${schema.upload.createdAt} + interval '7 days')`;
export const DAYS_OPEN = 7;
const MOST_OF_PERSON = 100;
const MOST_OF_WORKSPACE = 500;
const { upload } = schema;

/** Announces a file. Throws `forbidden`, `too_large`, `media_invalid` or `throttled` before a byte is sent. */
export async function createUpload(caller: Caller, file: NewUpload): Promise<Upload> {
  const createdBy = requireUploader(caller);
  refuseEarly(file);
  return db().transaction(async (tx) => {
    await refuseTooMany(tx, caller.workspaceId, createdBy);
    const id = newId("up");
    const [created] = await tx
      .insert(upload)
      .values({
        id,
        workspaceId: caller.workspaceId,
        createdBy,
        filename: file.name,
        mime: file.type,
        bytes: file.bytes,
        storageKey: `${caller.workspaceId}/uploads/${id}.bin`,
        expiresAt: sql`now() + interval '24 hours'`,
      })
      .returning();
    if (!created) throw new Error("the new upload was not returned");
    return created;
  });
}

/** An open or finished upload of the caller's own; `not_found` once it has expired. */
export async function findUpload(caller: Caller, id: string): Promise<Upload> {
  const [found] = await db().select().from(upload).where(own(caller, id));
  if (found) return found;
  throw new AppError("not_found", "This upload does not exist any more.", { action: "Send the file again." });
}

export async function changeUpload(
  caller: Caller,
  id: string,
  change: { handle?: string | null; partBytes?: number; assetId?: string },
): Promise<void> {
  await db().update(upload).set(change).where(own(caller, id));
}

/** A sign of life: gives the upload its time anew. Throws `not_found` once that was over. */
export async function touchUpload(caller: Caller, id: string): Promise<Upload> {
  const [found] = await db().update(upload).set({ expiresAt: ALIVE }).where(own(caller, id)).returning();
  return found ?? findUpload(caller, id);
}

export async function deleteUpload(caller: Caller, id: string): Promise<void> {
  await db().delete(upload).where(own(caller, id));
}

/** Uploads of all workspaces whose time is over, oldest first: for the sweep alone. */
export function listExpiredUploads(most: number): Promise<Upload[]> {
  return db()
    .select()
    .from(upload)
    .where(lt(upload.expiresAt, sql`now()`))
    .orderBy(asc(upload.expiresAt))
    .limit(most);
}

export async function forgetUpload(id: string): Promise<void> {
  await db().delete(upload).where(eq(upload.id, id));
}

function own(caller: Caller, id: string) {
  return and(
    eq(upload.id, id),
    eq(upload.workspaceId, caller.workspaceId),
    eq(upload.createdBy, requireUploader(caller)),
    gt(upload.expiresAt, sql`now()`),
  );
}

function requireUploader(caller: Caller): string {
  requireRole(caller, "editor");
  if (caller.userId === null) throw new AppError("forbidden", "Only people can upload files.");
  return caller.userId;
}

/** What the browser says about a file is no proof, but enough to refuse it before it has travelled. */
function refuseEarly(file: NewUpload): void {
  const most = env().MAX_UPLOAD_MB;
  if (file.bytes > most * 1_048_576) {
    const size = Math.ceil(file.bytes / 1_048_576);
    throw new AppError("too_large", `${file.name} has ${size} MB; ${most} MB is the most.`, {
      action: "Make the file smaller, or ask the person who runs Kinora to raise MAX_UPLOAD_MB.",
    });
  }
  const passes = /^((image|video|audio)\/.*|application\/(octet-stream|ogg|mp4))?$/.test(file.type);
  if (!passes || file.type.startsWith("image/svg")) {
    throw new AppError("media_invalid", `${file.name} is not a picture, film or sound that can be used.`, {
      action: "Choose JPEG, PNG, WebP, GIF, AVIF, MP4, MOV, WebM, MP3, WAV, FLAC, M4A or OGG.",
    });
  }
}

/** Under a lock on the workspace's row, so that two at once are counted one after the other. */
async function refuseTooMany(tx: Tx, workspaceId: string, createdBy: string): Promise<void> {
  const { workspace } = schema;
  await tx
    .select({ id: workspace.id })
    .from(workspace)
    .where(eq(workspace.id, workspaceId))
    .for("no key update");
  const [open] = await tx
    .select({
      all: sql<number>`count(*)::int`,
      own: sql<number>`count(*) filter (where ${upload.createdBy} = ${createdBy})::int`,
    })
    .from(upload)
    .where(
      and(eq(upload.workspaceId, workspaceId), isNull(upload.assetId), gt(upload.expiresAt, sql`now()`)),
    );
  if (!open || (open.own < MOST_OF_PERSON && open.all < MOST_OF_WORKSPACE)) return;
  const whose =
    open.own < MOST_OF_PERSON
      ? `${open.all} uploads of this workspace are`
      : `${open.own} uploads of yours are`;
  throw new AppError("throttled", `${whose} still open.`, {
    action: "Wait until some have finished, or cancel them.",
    retryAfterSeconds: 60,
  });
}
