import { Readable } from "node:stream";
import {
  changeUpload,
  createUpload,
  deleteUpload,
  findUpload,
  type NewUpload,
  type Upload,
} from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { AppError } from "@/lib/errors";
import { storage, UNKNOWN_MIME, type UploadPlan } from "@/lib/storage";
import { exactly } from "./exact-length";

/** Announces a file and says how its bytes are to be sent. */
export async function beginUpload(
  caller: Caller,
  file: NewUpload,
): Promise<{ id: string; plan: UploadPlan }> {
  const { id, storageKey, bytes } = await createUpload(caller, file);
  try {
    // Nothing is known about the bytes yet, so they are stored as nothing in particular.
    const plan = await storage().planUpload(storageKey, { bytes, mime: UNKNOWN_MIME });
    if (plan.mode === "multipart") await changeUpload(caller, id, { handle: plan.handle });
    return { id, plan };
  } catch (thrown) {
    await deleteUpload(caller, id);
    throw thrown;
  }
}

/**
 * Takes the bytes of an announced upload as they come, no faster than storage takes them. Exactly the announced
 * number must arrive; a connection that breaks leaves nothing behind.
 */
export async function receiveUpload(
  caller: Caller,
  id: string,
  body: AsyncIterable<Uint8Array>,
  declaredBytes: number,
): Promise<void> {
  const upload = await requireOpen(caller, id);
  if (declaredBytes !== upload.bytes) {
    throw new AppError("bad_input", `${upload.filename} has another length than was announced.`, {
      action: "Choose the file again; it may have changed meanwhile.",
    });
  }
  await forgetParts(caller, upload);
  const bytes = Readable.from(exactly(body, upload.bytes), { objectMode: false });
  await storage().put(upload.storageKey, bytes, UNKNOWN_MIME);
}

/** Ends an upload and removes what had arrived. One that is an asset already stays one. */
export async function abortUpload(caller: Caller, id: string): Promise<void> {
  const upload = await findUpload(caller, id);
  await removeBytes(upload);
  await deleteUpload(caller, id);
}

export async function removeBytes(upload: Upload): Promise<void> {
  if (upload.handle) await storage().abortUpload(upload.storageKey, upload.handle).catch(passGone);
  await storage().delete([upload.storageKey]);
}

async function requireOpen(caller: Caller, id: string): Promise<Upload> {
  const upload = await findUpload(caller, id);
  if (upload.assetId === null) return upload;
  throw new AppError("conflict", `${upload.filename} has arrived already.`);
}

/** A browser that cannot reach the bucket sends through us instead; its parts are not waited for any longer. */
async function forgetParts(caller: Caller, upload: Upload): Promise<void> {
  if (upload.handle === null) return;
  await storage().abortUpload(upload.storageKey, upload.handle).catch(passGone);
  await changeUpload(caller, upload.id, { handle: null });
}

function passGone(thrown: unknown): void {
  if (!(thrown instanceof AppError && thrown.code === "not_found")) throw thrown;
}
