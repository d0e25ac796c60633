import { DAYS_OPEN, forgetUpload, listExpiredUploads, listUnrestorable, removeAssets } from "@/lib/assets";
import { databaseNow } from "@/lib/db";
import { log } from "@/lib/log";
import { storage } from "@/lib/storage";
import { removeBytes } from "./uploads";
import { sweepWorkFolders } from "./work-folder";

export type Swept = { uploads: number; assets: number; unfinished: number; folders: number };

/** One sweep is short; what is left over waits for the next. */
const MOST_AT_ONCE = 200;
/** Longer than any transfer or job may take: what is older belongs to nobody. */
const ABANDONED_HOURS = 24;

/** Removes expired uploads, files of assets that cannot be restored any more, and what crashes left behind. */
export async function sweepMedia(): Promise<Swept> {
  const now = await databaseNow();
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const abandoned = hoursAgo(ABANDONED_HOURS);
  const swept = {
    uploads: await sweepUploads(),
    assets: await sweepAssets(),
    unfinished: await storage().sweepUnfinished({ puts: abandoned, uploads: hoursAgo((DAYS_OPEN + 1) * 24) }),
    folders: await sweepWorkFolders(abandoned),
  };
  if (Object.values(swept).some((count) => count > 0)) log.info(swept, "media swept");
  return swept;
}

async function sweepUploads(): Promise<number> {
  const expired = await listExpiredUploads(MOST_AT_ONCE);
  for (const upload of expired) {
    await removeBytes(upload);
    await forgetUpload(upload.id);
  }
  return expired.length;
}

/** Files first: a crash in between leaves a row that the next sweep finds, never a file that nobody knows. */
async function sweepAssets(): Promise<number> {
  const over = await listUnrestorable(MOST_AT_ONCE);
  for (const { id, storageKey } of over) {
    await storage().delete(await keysOfAsset(id, storageKey));
    await removeAssets([id]);
  }
  return over.length;
}

/** The file and all that was derived from it: they share a folder, and names that begin with the asset's id. */
async function keysOfAsset(id: string, storageKey: string): Promise<string[]> {
  const stem = `${storageKey.slice(0, storageKey.lastIndexOf("/") + 1)}${id}.`;
  const keys = [storageKey];
  for await (const { key } of storage().list(stem)) if (key !== storageKey) keys.push(key);
  return keys;
}
