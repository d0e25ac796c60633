import { cp, mkdir, readdir, readlink, realpath, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isAlive } from "@/lib/embedded/postgres";
import { isErrno } from "@/lib/errors";

/** Where Next puts the server it has built, and where whoever starts it looks for the newest. */
export const NEWEST = ".next/standalone";
/** Each build lies in a folder of its own here: a running studio keeps the files that it was started from. */
export const BUILDS = "dist/web";

/** Moves a finished build to its own folder and lets NEWEST point to it. What runs is not touched. */
export async function placeBuild(id: string, root = "."): Promise<void> {
  const place = join(root, BUILDS, id);
  const newest = join(root, NEWEST);
  await mkdir(dirname(place), { recursive: true });
  await rename(newest, place).catch(async (error) => {
    if (!isErrno(error, "EXDEV")) throw error;
    await cp(newest, place, { recursive: true });
    await rm(newest, { recursive: true });
  });
  const half = `${newest}-${process.pid}`;
  await rm(half, { force: true });
  await symlink(relative(dirname(newest), place), half, "junction");
  await rename(half, newest);
}

/** Takes the pointer away, so that Next begins in an empty place; the build that it pointed to stays. */
export async function clearPlace(root = "."): Promise<void> {
  const newest = join(root, NEWEST);
  const isPointer = await readlink(newest).then(
    () => true,
    () => false,
  );
  if (isPointer) await rm(newest);
}

/** The newest build, as the folder where it will stay; noted as in use by this process. */
export async function claimNewest(root = "."): Promise<string> {
  const folder = await realpath(join(root, NEWEST));
  await writeFile(join(folder, `used-by-${process.pid}`), "");
  return folder;
}

/** Removes builds that are neither the newest nor in use by a process that lives. */
export async function pruneBuilds(root = "."): Promise<void> {
  const newest = await realpath(join(root, NEWEST)).catch(() => "");
  const builds = await readdir(join(root, BUILDS)).catch(() => []);
  for (const name of builds) {
    const folder = join(root, BUILDS, name);
    if (basename(newest) === name && resolve(folder) === newest) continue;
    if (!(await isUsed(folder))) await rm(folder, { recursive: true, force: true });
  }
}

async function isUsed(folder: string): Promise<boolean> {
  const files = await readdir(folder).catch(() => []);
  const pids = files.map((file) => Number(/^used-by-(\d+)$/.exec(file)?.[1] ?? 0)).filter((pid) => pid > 0);
  return (await Promise.all(pids.map((pid) => isAlive(pid)))).some(Boolean);
}
