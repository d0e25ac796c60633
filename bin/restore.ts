import { chmod, copyFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { storage } from "@/lib/storage";
import { verifyChecksums } from "./backup/checksums";
import { type Loaded, loadDatabase } from "./backup/load";
import { type Manifest, PARTS, readManifest } from "./backup/manifest";
import { copyWhole } from "./backup/media";
import { countKnown, migrateTo } from "./backup/migrations";
import { vacateHome } from "./backup/vacate";
import { ask, migrateDatabase, openDatabase } from "./database";
import { configure, loadEnvironment } from "./environment";
import { prepareHome } from "./home";
import { cyan, dim, runMain, say, stage, yellow } from "./terminal";

/** Makes the studio of a backup in KINORA_HOME, which must be empty, or is moved aside with --replace. */
await runMain(async () => {
  const source = process.argv.slice(2).find((argument) => !argument.startsWith("-"));
  if (!source) {
    throw new AppError("bad_input", "Which backup?", { action: "npm run restore -- <folder> [--replace]" });
  }
  if (loadEnvironment().DATABASE_URL) {
    throw new AppError("not_configured", "DATABASE_URL is set: a backup goes into Kinora's own database.", {
      action: "Unset it for this command. docs/deploy.md says how to restore a database of yours.",
    });
  }
  const folder = resolve(source);
  const manifest = await readManifest(folder);
  const migrations = await countKnown(manifest.migrations);
  const files = await stage("Backup", async () => {
    const paths = await verifyChecksums(folder);
    return [paths, `of ${manifest.takenAt}, ${paths.length} files, all whole`];
  });
  const home = (await prepareHome(env().KINORA_HOME)).folder;
  configure({ KINORA_HOME: home });
  const aside = await vacateHome(home, process.argv.includes("--replace"), new Date());
  try {
    const loaded = await restore({ folder, home, manifest, migrations, files });
    report(home, loaded, manifest, aside);
  } catch (cause) {
    throw new AppError("internal", `The backup could not be restored; ${home} is incomplete.`, {
      action: `Mend what is named below, and restore again with --replace.`,
      cause,
    });
  }
});

type Restoring = { folder: string; home: string; manifest: Manifest; migrations: number; files: string[] };

/** The secrets last: a restore that was cut short is no studio that somebody could start. */
async function restore({ folder, home, manifest, migrations, files }: Restoring): Promise<Loaded> {
  await stage("Media", async () => {
    const media = files.filter((path) => path.startsWith(`${PARTS.media}/`));
    for (const path of media) {
      const to = storage().localPath(path.slice(PARTS.media.length + 1));
      if (!to)
        throw new AppError("not_configured", "The backup's media lay on disk, but a bucket is configured.");
      await copyWhole(join(folder, path), to);
    }
    return [undefined, manifest.media.kind === "s3" ? "in the bucket" : `${media.length} files`];
  });
  for (const path of files.filter((path) => path.startsWith(`${PARTS.spool}/`)))
    await copyWhole(join(folder, path), join(home, path));
  const loaded = await stage("Database", async () => {
    const { url, embedded } = await openDatabase(home, undefined);
    try {
      await migrateTo(url, migrations);
      const done = await ask(url, (sql) => loadDatabase(sql, folder, manifest));
      await migrateDatabase(url);
      await ask(url, (sql) => sql`analyze`);
      return [done, `${done.rows} rows in ${manifest.tables.length} tables`];
    } finally {
      await embedded?.stop();
    }
  });
  const secrets = join(home, PARTS.secrets);
  await copyFile(join(folder, PARTS.secrets), secrets);
  await chmod(secrets, 0o600);
  return loaded;
}

function report(home: string, loaded: Loaded, manifest: Manifest, aside: string | undefined): void {
  say(`\n  ${cyan("➜")}  ${home}`);
  if (aside) say(dim(`     What was there before is kept in ${aside}`));
  if (loaded.jobs > 0) say(`     ${loaded.jobs} jobs were under way: they go on when Kinora starts.`);
  if (loaded.doubtful > 0)
    say(
      `     ${loaded.doubtful} orders may have been sent since: they are looked for before anything is paid again.`,
    );
  if (manifest.media.missing.length > 0)
    say(
      `  ${yellow("!")} ${manifest.media.missing.length} files were gone before the backup (manifest.json names them).`,
    );
  say(dim("     Before you start this one, see that the studio it was copied from has ended for good."));
  say();
}
