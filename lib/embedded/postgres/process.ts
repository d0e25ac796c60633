import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { isErrno } from "@/lib/errors";

/** Whether a process lives. A zombie that nobody has buried is dead. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isErrno(error, "EPERM");
  }
  const state = (await readFile(`/proc/${pid}/stat`, "utf8").catch(() => ""))
    .replace(/^.*\) /s, "")
    .charAt(0);
  return state !== "Z" && state !== "X";
}

/** The program's name where the system tells (Linux), else null. */
export async function programName(pid: number): Promise<string | null> {
  return (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => null))?.trim() ?? null;
}

export async function waitUntilGone(pid: number, milliseconds: number): Promise<boolean> {
  for (const until = Date.now() + milliseconds; Date.now() < until; await sleep(20)) {
    if (!(await isAlive(pid))) return true;
  }
  return false;
}
