import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError, isErrno } from "@/lib/errors";
import { isAlive } from "./process";

/** Who uses a server: one file per holder, named `<process>-<random>`. The last to leave stops it. */
export async function hold(folder: string): Promise<string> {
  const holder = `${process.pid}-${randomBytes(4).toString("hex")}`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, holder), "");
  return holder;
}

/** Lets go; true when nobody else holds. */
export async function release(folder: string, holder: string): Promise<boolean> {
  await rm(join(folder, holder), { force: true });
  for (const name of await readdir(folder).catch(() => [])) {
    if (await isAlive(Number.parseInt(name, 10))) return false;
    await rm(join(folder, name), { force: true });
  }
  return true;
}

/** Runs while no other process starts or stops the same server. A dead process's lock is taken over. */
export async function exclusively<T>(lockFile: string, run: () => Promise<T>): Promise<T> {
  await lock(lockFile);
  try {
    return await run();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function lock(lockFile: string): Promise<void> {
  for (const until = Date.now() + 120_000; Date.now() < until; await sleep(50)) {
    try {
      const file = await open(lockFile, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      return;
    } catch (error) {
      if (!isErrno(error, "EEXIST")) throw error;
    }
    const holder = Number(await readFile(lockFile, "utf8").catch(() => ""));
    if (holder && !(await isAlive(holder))) await rm(lockFile, { force: true });
  }
  throw new AppError("conflict", "Another Kinora has been starting in this folder for two minutes.", {
    action: `Wait for it, or end it and remove ${lockFile}.`,
  });
}
