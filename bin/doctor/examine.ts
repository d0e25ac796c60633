import "@/lib/studio";
import { closeDb, sqlClient } from "@/lib/db";
import { env } from "@/lib/env";
import { type Database, openDatabase } from "../database";
import { configure } from "../environment";
import { type Home, keepSecrets } from "../home";
import { type Check, check } from "./check";
import { checkFfmpeg, checkFfprobe } from "./ffmpeg";
import { checkDisk, checkFonts, checkPublicUrl, checkRunning, checkSecret } from "./machine";
import { checkEngine, checkMigrations, checkOrphans, checkStorage, providerChecks } from "./services";

/** Everything the studio stands on, in the order in which to mend it. */
export async function examine(home: Home): Promise<Check[]> {
  const config = env();
  configure({ KINORA_HOME: home.folder });
  const base = [
    await check("secrets", () => checkSecret(config, home.folder)),
    await check("public URL", () => checkPublicUrl(config)),
    await check("app", () => checkRunning(config, home.folder)),
  ];
  configure({ AUTH_SECRET: config.AUTH_SECRET ?? (await keepSecrets(home)).authSecret });
  return [
    ...base,
    ...(await examineDatabase(home)),
    await check("storage", () => checkStorage(config)),
    await check("ffmpeg", checkFfmpeg),
    await check("ffprobe", checkFfprobe),
    await check("fonts", checkFonts),
    await check("disk space", () => checkDisk(home.folder)),
    ...(await Promise.all(providerChecks().map(({ name, ask }) => check(name, ask)))),
  ];
}

async function examineDatabase(home: Home): Promise<Check[]> {
  let opened: Database | undefined;
  const database = await check("database", async () => {
    opened = await openDatabase(home.folder, env().DATABASE_URL);
    return { state: "ok", detail: `${opened.summary}.` };
  });
  if (!opened) {
    const skipped = { state: "off" as const, detail: "Cannot be told without the database.", mend: null };
    return [database, ...["migrations", "engine", "orphans"].map((name) => ({ name, ...skipped }))];
  }
  try {
    configure({ DATABASE_URL: opened.url });
    return [
      database,
      await check("migrations", () => checkMigrations(sqlClient())),
      await check("engine", () => checkEngine(env(), sqlClient())),
      await check("orphans", checkOrphans),
    ];
  } finally {
    await closeDb();
    await opened.embedded?.stop();
  }
}
