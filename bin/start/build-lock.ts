import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isErrno } from "@/lib/errors";

const RENEW_MS = 2_000;
/** A holder that has not renewed for so long has died, or its machine slept. */
const STALE_MS = 30_000;

/**
 * Runs `work` while nobody else on this machine holds the lock; `waiting` is called when somebody does. What a killed
 * holder left is taken over.
 */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  { waiting = () => undefined, signal, staleMs = STALE_MS }: LockOptions = {},
): Promise<T> {
  const own = `${file}.${randomUUID()}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(own, own);
  try {
    for (let told = false; !(await take(file, own, staleMs)); told = true) {
      if (!told) waiting();
      await sleep(300, undefined, { signal });
    }
    const renewal = setInterval(() => {
      // The next renewal will do, or the lock is taken over: builds are complete before they are put in place.
      utimes(file, new Date(), new Date()).catch(() => clearInterval(renewal));
    }, RENEW_MS);
    try {
      return await work();
    } finally {
      clearInterval(renewal);
      if ((await readFile(file, "utf8").catch(() => "")) === own) await rm(file, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

export type LockOptions = { waiting?: () => void; signal?: AbortSignal; staleMs?: number };

/** A link is made by one alone. */
async function take(file: string, own: string, staleMs: number): Promise<boolean> {
  try {
    await utimes(own, new Date(), new Date());
    await link(own, file);
    return true;
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  }
  const held = await stat(file).catch(() => null);
  if (held && Date.now() - held.mtimeMs > staleMs) {
    await rename(file, `${own}.stale`).catch(() => undefined);
    await rm(`${own}.stale`, { force: true });
  }
  return false;
}
