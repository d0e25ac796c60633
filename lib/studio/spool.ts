import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import type { Operation } from "@/lib/ai";
import { env } from "@/lib/env";
import type { ErrorRecord } from "@/lib/errors";
import { isErrno } from "@/lib/errors";
import { Answer } from "./answer";

/**
 * The spool: what came back for an order, on this machine's disk before anything else is done with it. One folder
 * for each generation's key, with the answer as JSON and its bytes beside it. A folder without `answer.json` is one
 * that was never finished.
 */
const JOURNAL = "answer.json";
const UNFINISHED = ".part";

const Journal = z.object({
  generationId: z.string(),
  came: z.discriminatedUnion("state", [
    z.object({ state: z.literal("accepted"), operation: z.custom<Operation>(isObject) }),
    z.object({ state: z.literal("succeeded"), answer: Answer, costMicros: z.number() }),
    z.object({ state: z.literal("failed"), error: z.custom<ErrorRecord>(isObject), costMicros: z.number() }),
  ]),
});
export type Journal = z.infer<typeof Journal>;

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

export function spoolFolder(): string {
  return resolve(join(env().KINORA_HOME, "spool"));
}

export function spoolPath(key: string, name: string): string {
  return join(spoolFolder(), key, name);
}

/** Writes a file of the spool and waits until it is on the disk. */
export async function writeSpooled(key: string, name: string, bytes: Buffer | string): Promise<void> {
  const folder = join(spoolFolder(), key);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, name);
  const file = await open(`${path}${UNFINISHED}`, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}${UNFINISHED}`, path);
  await syncFolder(folder);
  await syncFolder(spoolFolder());
}

/** The last thing that is written: from here on the answer is known on this machine. */
export function writeJournal(key: string, journal: Journal): Promise<void> {
  return writeSpooled(key, JOURNAL, JSON.stringify(journal));
}

/** What came back for this key, if this machine has it; null also where it was never written to its end. */
export async function readJournal(key: string): Promise<Journal | null> {
  const text = await readFile(spoolPath(key, JOURNAL), "utf8").catch(ignoreAbsent);
  if (text === null) return null;
  const parsed = Journal.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

export async function isSpooled(key: string, name: string): Promise<boolean> {
  return (await stat(spoolPath(key, name)).catch(ignoreAbsent)) !== null;
}

export async function removeSpooled(key: string): Promise<void> {
  await rm(join(spoolFolder(), key), { recursive: true, force: true });
}

/** The keys in this machine's spool, and how many seconds ago their folders were last written to. */
export async function listSpooled(): Promise<{ key: string; ageSeconds: number }[]> {
  const keys = (await readdir(spoolFolder()).catch(ignoreAbsent)) ?? [];
  const listed = keys.map(async (key) => {
    const found = await stat(join(spoolFolder(), key)).catch(ignoreAbsent);
    return found ? [{ key, ageSeconds: (Date.now() - found.mtimeMs) / 1000 }] : [];
  });
  return (await Promise.all(listed)).flat();
}

/** Whether nothing in the folder of this key was written to its end: it tells nobody anything. */
export async function isBare(key: string): Promise<boolean> {
  const names = (await readdir(join(spoolFolder(), key)).catch(ignoreAbsent)) ?? [];
  return names.every((name) => name.endsWith(UNFINISHED));
}

/** Not on Windows, where folders cannot be opened. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ignoreAbsent(thrown: unknown): null {
  if (isErrno(thrown, "ENOENT") || isErrno(thrown, "ENOTDIR")) return null;
  throw thrown;
}
