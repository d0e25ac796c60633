import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isErrno } from "@/lib/errors";
import { isAlive, programName, waitUntilGone } from "./process";

/** What a running server writes about itself into its data folder. */
export type Postmaster = { pid: number; port: number; ready: boolean };

/** The server that holds a data folder; null when none runs. Removes the note of one that died. */
export async function findPostmaster(dataFolder: string): Promise<Postmaster | null> {
  const file = join(dataFolder, "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(orEmpty)).split("\n");
  const pid = Number(lines[0]);
  if (!pid) return null;
  // After a reboot the number may belong to some other program.
  const name = await programName(pid);
  if ((await isAlive(pid)) && (name === null || name.startsWith("postgres"))) {
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  }
  await rm(file, { force: true });
  return null;
}

function orEmpty(error: unknown): string {
  if (isErrno(error, "ENOENT")) return "";
  throw error;
}

/** Ends a server: sessions are closed and the data is flushed; after 15 s, at once. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, milliseconds] of [["SIGINT", 15_000] as const, ["SIGQUIT", 5_000] as const]) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (isErrno(error, "ESRCH")) return;
      throw error;
    }
    if (await waitUntilGone(pid, milliseconds)) return;
  }
  process.kill(pid, "SIGKILL");
}
