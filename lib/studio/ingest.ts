import { createHash } from "node:crypto";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Asset, createAsset, findAssets, type NewAsset } from "@/lib/assets";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { contentHash } from "@/lib/ids";
import { log } from "@/lib/log";
import type { Probe } from "@/lib/media";
import { extensionOf, mimeOfKey, storage } from "@/lib/storage";
import { type Survey, surveyFile } from "./survey";
import { inWorkFolder } from "./work-folder";

/** Where a file comes from: an upload, or an order of a job. */
export type Origin = {
  jobId?: string;
  stepName?: string;
  subject?: string;
  take?: number;
  generationId?: string;
  /** What a step on this machine depended on. */
  stepKey?: string;
  /** Which of the generation's, or of that step's files. */
  index?: number;
  uploadId?: string;
  provider?: string;
  model?: string;
  seed?: number;
  prompt?: string;
  costMicros?: number;
  draft?: boolean;
  sourceIds?: string[];
};

export type Ingest = {
  /** A local file that nobody else writes to. It is left where it is. */
  path: string;
  /** What people call it; the ending is corrected to what the file is. */
  filename: string;
  role: string;
  origin: Origin;
  /** What it must turn out to be; a paid order that came back as something else is not silently taken for it. */
  kind?: Probe["kind"];
  /** Where the same bytes lie in storage already: then they are copied there instead of sent again. */
  storedUnder?: string;
  /** Who looks at it; by itself this process does. */
  survey?: typeof surveyFile;
};

const HASH_CHUNK_BYTES = 1_048_576;

type Keys = { storageKey: string; thumbKey: string; previewKey: string | null };

/**
 * Takes a file into the library: identified by its bytes, held to the limits, probed, hashed, with thumbnail and
 * preview stored beside it. The same file of the same origin gives the same asset however often a step is retried;
 * one that fails leaves nothing in storage. Throws `media_invalid` with words about the file.
 */
export async function ingestFile(caller: Caller, file: Ingest): Promise<Asset> {
  requireRole(caller, "editor");
  const sha256 = await hashFile(file.path);
  const id = assetIdOf(caller, file, sha256);
  const kept = await findKept(caller, id);
  if (kept) return kept;
  return inWorkFolder(async (folder) => {
    const sender = file.origin.generationId ? "provider" : "person";
    const survey = await (file.survey ?? surveyFile)(file.path, file.filename, folder, sender);
    if (file.kind && survey.probed.kind !== file.kind) throw otherKind(file.kind, survey.probed.kind);
    const keys = keysOf(caller, id, file.origin, survey);
    try {
      await store(file, survey, keys);
      return await createAsset(db(), await describe(caller, id, file, sha256, survey, keys));
    } catch (thrown) {
      await removeOrphans(caller, id, keys);
      throw thrown;
    }
  });
}

async function findKept(caller: Caller, id: string): Promise<Asset | undefined> {
  const [kept] = await findAssets(caller, [id], { includeDeleted: true });
  return kept;
}

/** Through one buffer that is used again and again: a stream would leave hundreds of megabytes to be collected. */
async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(HASH_CHUNK_BYTES);
    while (true) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}

/**
 * What a file is within its origin decides the id, not when it arrived. The files of a generation, and of a step made on
 * this machine, are told apart by their index, since the same picture may be encoded anew; all others by their content.
 */
function assetIdOf(
  caller: Caller,
  { role, origin }: Pick<Ingest, "role" | "origin">,
  sha256: string,
): string {
  const { jobId, stepName, subject, take, generationId, stepKey, index, uploadId } = origin;
  const within = generationId
    ? [generationId, index ?? sha256]
    : uploadId
      ? [uploadId]
      : stepKey
        ? [jobId, stepName, subject, stepKey, index]
        : [jobId ?? null, stepName ?? null, take ?? 0, sha256];
  return `asset_${contentHash([caller.workspaceId, role, ...within]).slice(0, 26)}`;
}

/** The asset that a file of a generation is or will be: known before its bytes are. */
export function ingestedId(caller: Caller, origin: Origin & { index: number }, role: string): string {
  return assetIdOf(caller, { role, origin }, "");
}

const NOUNS: Record<Probe["kind"], string> = { picture: "picture", video: "film", audio: "recording" };

function otherKind(wanted: Probe["kind"], found: Probe["kind"]): AppError {
  return new AppError("media_invalid", `A ${NOUNS[wanted]} was ordered, and a ${NOUNS[found]} came.`);
}

function keysOf(caller: Caller, id: string, { jobId }: Origin, { probed, previewPath }: Survey): Keys {
  const stem = `${caller.workspaceId}/${jobId ?? "uploads"}/${id}`;
  return {
    storageKey: `${stem}.${extensionOf(probed.mime)}`,
    thumbKey: `${stem}.thumb.webp`,
    previewKey: previewPath && `${stem}.${basename(previewPath)}`,
  };
}

async function store(file: Ingest, { probed, thumbPath, previewPath }: Survey, keys: Keys): Promise<void> {
  await storage().put(keys.thumbKey, { path: thumbPath }, "image/webp");
  if (keys.previewKey && previewPath)
    await storage().put(keys.previewKey, { path: previewPath }, mimeOfKey(keys.previewKey));
  if (file.storedUnder) await storage().copy(file.storedUnder, keys.storageKey, probed.mime);
  else await storage().put(keys.storageKey, { path: file.path }, probed.mime);
}

async function describe(
  caller: Caller,
  id: string,
  file: Ingest,
  sha256: string,
  { probed, palette }: Survey,
  keys: Keys,
): Promise<NewAsset> {
  const { origin } = file;
  const { kind, mime, width, height, durationSeconds, fps } = probed;
  return {
    ...{ id, workspaceId: caller.workspaceId, createdBy: caller.userId, kind, role: file.role, mime, sha256 },
    ...keys,
    ...{ width, height, durationSeconds, fps, details: detailsOf(probed) },
    filename: withExtension(file.filename, extensionOf(mime)),
    bytes: (await stat(file.path)).size,
    palette,
    ...{
      jobId: origin.jobId,
      stepName: origin.stepName,
      subject: origin.subject ?? "",
      take: origin.take ?? 0,
    },
    ...{ generationId: origin.generationId, provider: origin.provider, model: origin.model },
    ...{ seed: origin.seed, prompt: origin.prompt, costMicros: origin.costMicros ?? 0 },
    ...{ draft: origin.draft ?? false, sourceIds: origin.sourceIds },
  };
}

/** What pages and pipelines ask about beside the columns. */
function detailsOf(probed: Survey["probed"]): Record<string, unknown> {
  const { hasAudio, videoCodec, audioCodec, pictureSeconds, soundSeconds, constantRate, colour } = probed;
  const known = { hasAudio, videoCodec, audioCodec, pictureSeconds, soundSeconds, constantRate };
  const { unplayableBecause } = probed;
  return {
    ...known,
    hdr: colour !== null && colour.transfer !== "sdr",
    ...(unplayableBecause ? { playable: false, unplayableBecause } : { playable: true }),
  };
}

/** `holiday.png` that is a JPEG becomes `holiday.jpg`; a name of another kind gets its ending appended. */
function withExtension(filename: string, extension: string): string {
  const stem = filename.replace(
    /\.(png|jpe?g|jfif|webp|gif|avif|mp4|m4v|mov|webm|mp3|wav|flac|m4a|og[ga]|opus|weba)$/i,
    "",
  );
  return `${stem || "untitled"}.${extension}`;
}

/** Files of an asset that did not come to be; kept where another attempt made it meanwhile. */
async function removeOrphans(caller: Caller, id: string, keys: Keys): Promise<void> {
  try {
    if (await findKept(caller, id)) return;
    await storage().delete([keys.storageKey, keys.thumbKey, keys.previewKey].filter((key) => key !== null));
  } catch (thrown) {
    // The first error is the one to report; doctor lists what stayed behind.
    log.warn({ err: thrown, asset: id }, "files of a failed ingest could not be removed");
  }
}
