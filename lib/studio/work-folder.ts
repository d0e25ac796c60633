import { mkdtemp, opendir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "kinora-work-";
/** All names of the studio's folders for passing work. A crash may leave one; the sweep takes it away. */
const WORK_FOLDER = /^kinora-(work|gen|out|proxy)-/;

/** Runs with a folder of its own that is gone afterwards, whatever happens. */
export async function inWorkFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes work folders that nothing was added to since a moment; how many there were. */
export async function sweepWorkFolders(before: Date): Promise<number> {
  let swept = 0;
  for await (const entry of await opendir(tmpdir())) {
    if (!entry.isDirectory() || !WORK_FOLDER.test(entry.name)) continue;
    const path = join(tmpdir(), entry.name);
    if ((await stat(path)).mtime >= before) continue;
    await rm(path, { recursive: true, force: true });
    swept += 1;
  }
  return swept;
}
