import { spawn } from "node:child_process";
import { chmod, chown, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type Account, PROGRAM_ENV } from "./account";
import type { Binaries } from "./binaries";
import { explainFailure } from "./failures";
import type { Folders } from "./folder";

export const USER = "kinora";

/**
 * Makes the data folder, once. It is made beside and renamed, so a start that was cut short leaves no half of one.
 * The built-in C.UTF-8 collation sorts the same on every system.
 */
export async function initialise(
  binaries: Binaries,
  folders: Folders,
  options: { account?: Account; password: string; durable: boolean },
): Promise<void> {
  if (await stat(join(folders.data, "PG_VERSION")).catch(() => null)) return;
  const workshop = join(folders.parent, `postgres-${binaries.major}.new`);
  const half = join(workshop, "data");
  const passwordFile = join(workshop, "password");
  await rm(workshop, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  await chmod(workshop, 0o700);
  if (options.account) {
    for (const path of [workshop, half, passwordFile])
      await chown(path, options.account.uid, options.account.gid);
  }
  try {
    await runInitdb(
      binaries.initdb,
      half,
      [`--pwfile=${passwordFile}`, ...(options.durable ? [] : ["--no-sync"])],
      options.account,
    );
    await rename(half, folders.data);
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

async function runInitdb(program: string, data: string, flags: string[], account?: Account): Promise<void> {
  const child = spawn(
    program,
    [
      `--pgdata=${data}`,
      `--username=${USER}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...flags,
    ],
    {
      ...account,
      cwd: data,
      env: PROGRAM_ENV,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once("error", (error) => reject(explainFailure("", error)));
    child.once("close", resolve);
  });
  const [code, log] = await Promise.all([exit, text(child.stderr)]);
  if (code !== 0) throw explainFailure(log);
}
