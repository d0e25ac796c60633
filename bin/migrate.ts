import { migrateDatabase, openDatabase } from "./database";
import { loadEnvironment } from "./environment";
import { prepareHome } from "./home";
import { runMain, say, stage } from "./terminal";

/** Brings the database to this version's schema: the release step of a deployment. */
await runMain(async () => {
  const { KINORA_HOME, DATABASE_URL } = loadEnvironment();
  const home = DATABASE_URL ? KINORA_HOME : (await prepareHome(KINORA_HOME)).folder;
  const database = await stage("Database", async () => {
    const opened = await openDatabase(home, DATABASE_URL);
    return [opened, opened.summary];
  });
  try {
    await stage("Migrations", async () => {
      await migrateDatabase(database.url);
      return [undefined, "up to date"];
    });
  } finally {
    await database.embedded?.stop();
  }
  say();
});
