import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isErrno } from "@/lib/errors";
import { checksumLine, hashFile } from "./checksums";
import { PARTS } from "./manifest";
import { copyWhole } from "./media";

/**
 * Copies the answers that lie in this machine's spool and belong to no row yet. Called before the snapshot and after
 * it: what moves from the one to the other meanwhile is then in both, which is harmless, and never in neither.
 */
export async function copySpool(home: string, folder: string): Promise<void> {
  for (const path of await listWritten(join(home, PARTS.spool)))
    await copyWhole(join(home, PARTS.spool, path), join(folder, PARTS.spool, path));
}

export async function checkSpool(folder: string): Promise<string> {
  let checksums = "";
  for (const path of await listWritten(join(folder, PARTS.spool)))
    checksums += checksumLine(`${PARTS.spool}/${path}`, await hashFile(join(folder, PARTS.spool, path)));
  return checksums;
}

/** `<key>/answer.json` and the bytes beside it, with slashes; not what is only being written. */
async function listWritten(spool: string): Promise<string[]> {
  const found: string[] = [];
  for (const key of await listFolder(spool))
    for (const name of await listFolder(join(spool, key)))
      if (!name.endsWith(".part")) found.push(`${key}/${name}`);
  return found;
}

async function listFolder(path: string): Promise<string[]> {
  return readdir(path).catch((error) => {
    if (isErrno(error, "ENOENT") || isErrno(error, "ENOTDIR")) return [];
    throw error;
  });
}
