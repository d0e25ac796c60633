import { Readable } from "node:stream";
import {
  changeUpload,
  createUpload,
  deleteUpload,
  findUpload,
  type NewUpload,
  touchUpload,
  type Upload,
  type UploadProgress,
} from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { AppError } from "@/lib/errors";
import { lengthOfPart, missingParts, type PartedUpload, storage, UNKNOWN_MIME } from "@/lib/storage";
import { exactly } from "./exact-length";

/** Announces a file and says in which parts its bytes are to be sent. */
export async function beginUpload(caller: Caller, file: NewUpload): Promise<UploadProgress> {
  const upload = await createUpload(caller, file);
  try {
    // Nothing is known about the bytes yet, so they are stored as nothing in particular.
    const opened = await storage().openUpload(upload.storageKey, { bytes: upload.bytes, mime: UNKNOWN_MIME });
    const { handle, partBytes } = opened;
    await changeUpload(caller, upload.id, { handle, partBytes });
    return await tellProgress(upload.id, opened, []);
  } catch (thrown) {
    await deleteUpload(caller, upload.id);
    throw thrown;
  }
}

/** Which parts of an upload are there already. Asking keeps it open. */
export async function resumeUpload(caller: Caller, id: string): Promise<UploadProgress> {
  const upload = await touchUpload(caller, id);
  const parted = toParted(upload);
  if (parted) return tellProgress(id, parted, await storage().listParts(parted));
  await requireJoined(upload);
  const { bytes, partBytes } = upload;
  return { id, bytes, partBytes, arrived: missingParts({ bytes, partBytes }, []), urls: null };
}

/**
 * Takes one part as it comes, no faster than storage takes it. Exactly its length must arrive; a connection that
 * breaks leaves nothing of this part, and all of the others.
 */
export async function receivePart(
  caller: Caller,
  id: string,
  part: { number: number; declaredBytes: number; body: AsyncIterable<Uint8Array> },
): Promise<void> {
  const upload = await touchUpload(caller, id);
  const parted = toParted(upload);
  if (!parted) throw new AppError("conflict", `${upload.filename} has arrived already.`);
  const length = lengthOfPart(parted, part.number);
  if (part.declaredBytes !== length) {
    throw new AppError(
      "bad_input",
      `This part of ${upload.filename} has another length than was announced.`,
      {
        action: "Choose the file again; it may have changed meanwhile.",
      },
    );
  }
  await storage().putPart(
    parted,
    part.number,
    Readable.from(exactly(part.body, length), { objectMode: false }),
  );
}

/** Ends an upload and removes what had arrived. One that is an asset already stays one. */
export async function abortUpload(caller: Caller, id: string): Promise<void> {
  const upload = await findUpload(caller, id);
  await removeBytes(upload);
  await deleteUpload(caller, id);
}

export async function removeBytes(upload: Upload): Promise<void> {
  const parted = toParted(upload);
  if (parted) await storage().abortUpload(parted).catch(passGone);
  await storage().delete([upload.storageKey]);
}

/** The upload as storage knows it; null once its parts are joined. */
export function toParted({ storageKey, handle, bytes, partBytes }: Upload): PartedUpload | null {
  return handle === null ? null : { key: storageKey, handle, bytes, partBytes };
}

async function tellProgress(id: string, parted: PartedUpload, arrived: number[]): Promise<UploadProgress> {
  const { bytes, partBytes } = parted;
  const urls = await storage().signParts(parted, missingParts(parted, arrived));
  return { id, bytes, partBytes, arrived, urls };
}

async function requireJoined({ assetId, storageKey }: Upload): Promise<void> {
  if (assetId !== null || (await storage().head(storageKey))) return;
  throw new AppError("not_found", "This upload does not exist any more.", { action: "Send the file again." });
}

function passGone(thrown: unknown): void {
  if (!(thrown instanceof AppError && thrown.code === "not_found")) throw thrown;
}
