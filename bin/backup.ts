import { chmod, copyFile, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { env } from "@/lib/env";
import { AppError, isErrno } from "@/lib/errors";
import { storage } from "@/lib/storage";
import { version } from "../package.json";
import { CHECKSUMS, checksumLine, hashFile } from "./backup/checksums";
import { type Dump, dumpDatabase } from "./backup/dump";
import { type Manifest, PARTS } from "./backup/manifest";
import { type CopiedMedia, copyMedia } from "./backup/media";
import { checkSpool, copySpool } from "./backup/spool";
import { ask, openDatabase } from "./database";
import { configure, loadEnvironment } from "./environment";
import { cyan, dim, runMain, say, stage, yellow } from "./terminal";

/** Copies the studio of KINORA_HOME, as it stands at one moment, into a new folder. It may be running. */
await runMain(async () => {
  const target = process.argv[2];
  if (!target || target.startsWith("-")) {
    throw new AppError("bad_input", "Where should the backup go?", {
      action: "npm run backup -- <folder that does not exist yet>",
    });
  }
  if (loadEnvironment().DATABASE_URL) {
    throw new AppError("not_configured", "DATABASE_URL is set: this backup is for Kinora's own database.", {
      action:
        "Back yours up with pg_dump or your platform's snapshots; docs/deploy.md says what belongs together.",
    });
  }
  const folder = resolve(target);
  await refuseNothing(resolve(env().KINORA_HOME));
  await refuseExisting(folder);
  const half = `${folder}.partial`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  const manifest = await fill(half);
  await rm(folder, { recursive: true, force: true });
  await rename(half, folder);
  report(folder, manifest);
});

/** The first start keeps its secrets before anything else. Looking must not make a studio. */
async function refuseNothing(home: string): Promise<void> {
  if (await stat(join(home, PARTS.secrets)).catch(() => null)) return;
  throw new AppError("not_found", `There is no studio in ${home}.`, {
    action: "Name the folder of yours with KINORA_HOME.",
  });
}

async function refuseExisting(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error) => {
    if (isErrno(error, "ENOENT")) return [];
    throw error;
  });
  if (found.length === 0) return;
  throw new AppError("conflict", `${folder} is not empty.`, {
    action: "Name a folder that does not exist yet. Older backups are never overwritten.",
  });
}

async function fill(folder: string): Promise<Manifest> {
  const home = resolve(env().KINORA_HOME);
  configure({ KINORA_HOME: home });
  const secrets = join(folder, PARTS.secrets);
  await copyFile(join(home, PARTS.secrets), secrets);
  await chmod(secrets, 0o600);
  await copySpool(home, folder);
  const dump = await stage("Database", async () => {
    const made = await dumpOwn(home, join(folder, PARTS.database));
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    return [made, `${rows} rows in ${made.tables.length} tables, as of ${made.takenAt}`];
  });
  await copySpool(home, folder);
  const media = await stage("Media", async (row) => {
    if (storage().kind === "s3") return [undefined, "in the bucket, and not copied"];
    const tell = (bytes: number) => row.say(megabytes(bytes));
    const copied = await copyMedia(storage(), dump.owners, join(folder, PARTS.media), tell);
    return [copied, `${copied.files} files, ${megabytes(copied.bytes)}`];
  });
  const own = checksumLine(PARTS.secrets, await hashFile(secrets));
  await write(
    folder,
    CHECKSUMS,
    own + dump.checksums + (media?.checksums ?? "") + (await checkSpool(folder)),
  );
  const manifest = compose(dump, media);
  await write(folder, "manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function dumpOwn(home: string, folder: string): Promise<Dump> {
  await mkdir(folder, { mode: 0o700 });
  const { url, embedded } = await openDatabase(home, undefined);
  try {
    return await ask(url, (sql) => dumpDatabase(sql, folder));
  } finally {
    await embedded?.stop();
  }
}

function compose(dump: Dump, media: CopiedMedia | undefined): Manifest {
  const { takenAt, postgres, migrations, tables, sequences } = dump;
  return {
    format: 1,
    kinora: version,
    takenAt,
    postgres,
    migrations,
    tables,
    sequences,
    media: {
      kind: media ? "disk" : "s3",
      files: media?.files ?? 0,
      bytes: media?.bytes ?? 0,
      missing: media?.missing ?? [],
    },
  };
}

function write(folder: string, name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text, { mode: 0o600, flush: true });
}

function report(folder: string, { media }: Manifest): void {
  for (const key of media.missing) say(`  ${yellow("!")} The library knows a file that is gone: ${key}`);
  say(`\n  ${cyan("➜")}  ${folder}`);
  say(dim("     It holds the studio's secrets and everybody's media: keep it as you would keep those."));
  if (dirname(folder) === dirname(resolve(env().KINORA_HOME)))
    say(dim("     It lies on the same disk as the studio: copy it to another."));
  say();
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
