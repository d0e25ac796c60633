import { opendir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { isErrno } from "@/lib/errors";
import type { StoredKey } from "../storage";

/** Walks the folder behind a prefix; files that vanish meanwhile are left out. */
export async function* listFolder(root: string, prefix: string, hidden: string[]): AsyncGenerator<StoredKey> {
  const slash = prefix.lastIndexOf("/");
  yield* walk(root, prefix.slice(0, slash + 1), prefix, hidden);
}

async function* walk(
  root: string,
  folder: string,
  prefix: string,
  hidden: string[],
): AsyncGenerator<StoredKey> {
  const entries = await opendir(join(root, folder)).catch(ignoreAbsent);
  if (!entries) return;
  for await (const entry of entries) {
    const key = folder + entry.name;
    if (hidden.includes(entry.name) || !(key.startsWith(prefix) || prefix.startsWith(`${key}/`))) continue;
    if (entry.isDirectory()) {
      yield* walk(root, `${key}/`, prefix, hidden);
      continue;
    }
    const found = await stat(join(root, key)).catch(ignoreAbsent);
    if (found) yield { key, bytes: found.size, modifiedAt: found.mtime };
  }
}

/** Deletes what in a folder was last written before a moment, folders with all that is in them; how many. */
export async function sweepFolder(folder: string, before: Date): Promise<number> {
  const entries = await opendir(folder).catch(ignoreAbsent);
  if (!entries) return 0;
  let swept = 0;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    const found = await stat(path).catch(ignoreAbsent);
    if (!found || found.mtime >= before) continue;
    await rm(path, { recursive: true, force: true });
    swept += 1;
  }
  return swept;
}

function ignoreAbsent(thrown: unknown): undefined {
  if (isErrno(thrown, "ENOENT") || isErrno(thrown, "ENOTDIR")) return undefined;
  throw thrown;
}
