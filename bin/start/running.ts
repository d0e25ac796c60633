import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isErrno } from "@/lib/errors";

/** The Kinora that runs, or ran, in a folder. `local` is where this machine reaches it. */
export type Running = { pid: number; url: string; local: string };

const fileOf = (home: string) => join(home, "running.json");

export async function readRunning(home: string): Promise<Running | null> {
  try {
    return JSON.parse(await readFile(fileOf(home), "utf8"));
  } catch (error) {
    if (isErrno(error, "ENOENT") || error instanceof SyntaxError) return null;
    throw error;
  }
}

export function noteRunning(home: string, running: Running): Promise<void> {
  return writeFile(fileOf(home), JSON.stringify(running), { mode: 0o600 });
}

export function forgetRunning(home: string): Promise<void> {
  return rm(fileOf(home), { force: true });
}

export type Health = { ok: boolean; checks: Record<string, string> };

/** What /healthz says; null when nobody answers. */
export async function askHealth(local: string): Promise<Health | null> {
  try {
    const answer = await fetch(`${local}/healthz`, { signal: AbortSignal.timeout(10_000) });
    return (await answer.json()) as Health;
  } catch {
    // Not listening yet, or not ours: both mean that no Kinora answers here.
    return null;
  }
}

/** Waits until the app, and the worker if there is to be one, are well; null when that does not happen. */
export async function waitUntilHealthy(
  local: string,
  seconds: number,
  { hopeless, worker }: { hopeless: () => boolean; worker: boolean },
): Promise<Health | null> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until && !hopeless(); await sleep(100)) {
    const health = await askHealth(local);
    if (health?.ok && (!worker || health.checks.engine === "ok")) return health;
  }
  return null;
}
