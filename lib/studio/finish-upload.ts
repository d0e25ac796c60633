import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import pLimit from "p-limit";
import {
  type Asset,
  changeUpload,
  type FinishedUpload,
  findAssets,
  findUpload,
  type Upload,
} from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { AppError } from "@/lib/errors";
import { storage } from "@/lib/storage";
import { ingestFile } from "./ingest";
import { surveyApart } from "./survey-apart";
import { abortUpload, toParted } from "./uploads";
import { inWorkFolder } from "./work-folder";

/** Checking a file decodes it: two at a time leave something of the machine to others. */
const checking = pLimit(2);
const finishing = new Map<string, Promise<Asset>>();

/** Checks what has arrived and makes it an asset; repeated, even meanwhile, it gives the same one. */
export async function finishUpload(caller: Caller, id: string, sent: FinishedUpload): Promise<Asset> {
  await findUpload(caller, id);
  const finished = finishing.get(id) ?? finish(caller, id, sent).finally(() => finishing.delete(id));
  finishing.set(id, finished);
  return finished;
}

async function finish(caller: Caller, id: string, { parts }: FinishedUpload): Promise<Asset> {
  const upload = await findUpload(caller, id);
  const [kept] = upload.assetId ? await findAssets(caller, [upload.assetId], { includeDeleted: true }) : [];
  if (kept) return kept;
  await joinParts(caller, upload, parts);
  await requireWhole(upload);
  const asset = await checking(() => ingestUpload(caller, upload)).catch(async (thrown: unknown) => {
    // What was refused once is refused always: its bytes go now. After other faults the person may try again.
    if (thrown instanceof AppError && thrown.code === "media_invalid") await abortUpload(caller, id);
    throw thrown;
  });
  await changeUpload(caller, id, { assetId: asset.id });
  await storage().delete([upload.storageKey]);
  return asset;
}

async function joinParts(caller: Caller, upload: Upload, sent: FinishedUpload["parts"]): Promise<void> {
  const parted = toParted(upload);
  if (!parted) return;
  try {
    await storage().finishUpload(parted, sent);
  } catch (thrown) {
    // Joined by an earlier attempt whose answer was lost.
    if (!(await storage().head(upload.storageKey))) throw named(thrown, upload);
  }
  await changeUpload(caller, upload.id, { handle: null });
}

/** What storage says of parts, with the name that people know the file by. */
function named(thrown: unknown, { filename }: Upload): unknown {
  if (!(thrown instanceof AppError && thrown.code === "bad_input")) return thrown;
  return new AppError("bad_input", `${filename} has not arrived completely.`, {
    action: thrown.action,
    cause: thrown,
  });
}

async function requireWhole(upload: Upload): Promise<void> {
  const stored = await storage().head(upload.storageKey);
  if (stored?.bytes === upload.bytes) return;
  throw new AppError("bad_input", `${upload.filename} has not arrived completely.`, {
    action: "Send it again.",
  });
}

function ingestUpload(caller: Caller, upload: Upload): Promise<Asset> {
  const { storageKey, filename, id } = upload;
  const file = { filename, role: "upload", origin: { uploadId: id }, storedUnder: storageKey };
  const ingest = (path: string) => ingestFile(caller, { ...file, path, survey: surveyApart });
  const path = storage().localPath(storageKey);
  if (path) return ingest(path);
  return inWorkFolder(async (folder) => {
    const copy = join(folder, "upload");
    await pipeline((await storage().get(storageKey)).stream, createWriteStream(copy));
    return ingest(copy);
  });
}
