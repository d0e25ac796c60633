import { constants, copyFile, mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isErrno } from "@/lib/errors";
import type { Storage } from "@/lib/storage";
import { checksumLine, hashFile } from "./checksums";
import type { Dump } from "./dump";
import { PARTS } from "./manifest";

export type CopiedMedia = { files: number; bytes: number; missing: string[]; checksums: string };

/**
 * Copies the files of the snapshot's assets and answers. A file is stored before its row is written and never changes, so what
 * the snapshot knows is there, whatever is made meanwhile; only the bin may have been emptied since, and an answer have
 * come into the library.
 */
export async function copyMedia(
  storage: Storage,
  owners: Dump["owners"],
  folder: string,
  tell: (bytes: number) => void,
): Promise<CopiedMedia> {
  const copied: CopiedMedia = { files: 0, bytes: 0, missing: [], checksums: "" };
  for (const { keys, mayBeGone } of owners) {
    for (const key of keys) {
      const from = storage.localPath(key);
      const to = join(folder, key);
      const bytes = from ? await copyWhole(from, to) : null;
      if (bytes === null) {
        if (!mayBeGone) copied.missing.push(key);
        continue;
      }
      copied.files++;
      copied.bytes += bytes;
      copied.checksums += checksumLine(`${PARTS.media}/${key}`, await hashFile(to));
      tell(copied.bytes);
    }
  }
  return copied;
}

/** Bytes copied and on the disk; null when there is no such file. Costs no space where the file system can share. */
export async function copyWhole(from: string, to: string): Promise<number | null> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  }
  const file = await open(to, "r+");
  try {
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}
