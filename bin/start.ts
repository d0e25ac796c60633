import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { isAlive } from "@/lib/embedded/postgres";
import { type Env, env, publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { configureMedia } from "@/lib/media";
import { ask, type Database, migrateDatabase, openDatabase } from "./database";
import { summariseFfmpeg } from "./doctor/ffmpeg";
import { configure, loadEnvironment } from "./environment";
import { type Home, keepSecrets, prepareHome } from "./home";
import { buildWhenChanged } from "./start/build";
import type { Child } from "./start/child";
import { startWeb, startWorker } from "./start/children";
import { Ending } from "./start/ending";
import { keepPostgres } from "./start/keep-postgres";
import { claimPort } from "./start/port";
import { registerFunctions } from "./start/register";
import { askHealth, forgetRunning, noteRunning, readRunning, waitUntilHealthy } from "./start/running";
import { localUrl, reachNote, settle, summarise } from "./start/settings";
import { bold, cyan, dim, runMain, say, stage, yellow } from "./terminal";

const dev = process.argv.includes("--dev");
const children: Child[] = [];
let postgres: ReturnType<typeof keepPostgres> | undefined;
const ending = new Ending(endAtOnce);

/** The whole studio on one machine: database, web server and worker, with one command. */
await runMain(async () => {
  say(`\n  ${bold("Kinora")}\n`);
  const config = loadEnvironment();
  const home = await prepareHome(config.KINORA_HOME);
  if (await alreadyRuns(home, config)) return;
  settle(home, await keepSecrets(home));
  await stage("Configuration", async () => [undefined, summarise(env())]);
  await showFfmpeg();
  try {
    await start(home);
    await ending.wait();
  } finally {
    await stop(home);
  }
  process.exit(0);
});

async function start(home: Home): Promise<void> {
  const url = await startDatabase(home);
  if (ending.asked) return;
  if (!dev) await build(home);
  if (ending.asked) return;
  await startChildren(home);
  if (ending.asked) return;
  say(`\n  ${cyan("➜")}  ${bold(publicUrl())}`);
  const note = reachNote(env());
  if (note) say(dim(`     ${note}`));
  const { SETUP_CODE } = env();
  if (SETUP_CODE && (await hasNoOwner(url))) {
    say(`     Setup code ${bold(SETUP_CODE)} ${dim("(asked for when the owner's account is made)")}`);
  }
  say(dim(`     Ctrl-C ends Kinora. Logs: ${shorten(home.logs)}`));
  say();
}

async function showFfmpeg(): Promise<void> {
  const { FFMPEG_BIN: ffmpegPath, FFPROBE_BIN: ffprobePath } = env();
  configureMedia({ ffmpegPath, ffprobePath });
  const { mend } = await stage("ffmpeg", async () => {
    const found = await summariseFfmpeg();
    return [found, found.detail];
  });
  if (mend) say(`  ${yellow("!")} ${mend}`);
}

/** A second start in the same folder starts nothing: it shows what runs. */
async function alreadyRuns(home: Home, config: Env): Promise<boolean> {
  const running = await readRunning(home.folder);
  const alive = running !== null && (await isAlive(running.pid));
  if (alive && (await askHealth(running.local))) {
    say(`  Kinora already runs in ${home.folder} (process ${running.pid}).`);
    say(`\n  ${cyan("➜")}  ${bold(running.url)}\n`);
    return true;
  }
  // The servers of one that was killed need a moment to notice and leave the port.
  await claimPort(config.PORT, config.HOST, running && !alive ? 12_000 : 0);
  return false;
}

async function startDatabase(home: Home): Promise<string> {
  const database = await stage<Database>("Database", async (row) => {
    row.say("starting");
    const opened = await openDatabase(home.folder, env().DATABASE_URL);
    if (opened.embedded) postgres = keepPostgres(home.folder, opened.embedded);
    row.say("migrating");
    await migrateDatabase(opened.url);
    return [opened, opened.summary];
  });
  configure({ DATABASE_URL: database.url });
  return database.url;
}

function build(home: Home): Promise<void> {
  return stage("Build", async (row) => {
    const built = await buildWhenChanged(row, home.logs, ending.signal);
    return [undefined, built ? "done" : "up to date"];
  });
}

function startChildren(home: Home): Promise<void> {
  return stage("Web and worker", async (row) => {
    row.say("starting");
    const begun = Date.now();
    const local = localUrl(env());
    const web = await startWeb(env(), home.logs, dev);
    const worker = startWorker(env(), home.logs, dev);
    children.push(...(worker ? [web, worker] : [web]));
    await noteRunning(home.folder, { pid: process.pid, url: publicUrl(), local });
    const hopeless = () => ending.asked || children.some((child) => child.hopeless);
    const health = await waitUntilHealthy(local, dev ? 180 : 60, { hopeless, worker: worker !== undefined });
    if (health && !worker) await registerFunctions(local);
    if (health || ending.asked) return [undefined, `ready in ${((Date.now() - begun) / 1000).toFixed(1)} s`];
    throw await explainSilence(home, children.find((child) => child.hopeless) ?? web, local);
  });
}

async function explainSilence(home: Home, child: Child, local: string): Promise<AppError> {
  const health = await askHealth(local);
  const ill = Object.entries(health?.checks ?? {}).filter(([, state]) => state !== "ok");
  const log = join(home.logs, `${child.options.name}.log`);
  const tail = (await readFile(log, "utf8")).trimEnd().split("\n").slice(-15).join("\n");
  const what = ill.length > 0 ? ill.map(([name, state]) => `${name} is ${state}`).join(", ") : "no answer";
  return new AppError("internal", `The ${child.options.name} process did not become ready (${what}).`, {
    action: `Run npm run doctor, or read ${log}`,
    cause: new Error(tail),
  });
}

function hasNoOwner(url: string): Promise<boolean> {
  return ask(url, async (sql) => (await sql`select 1 from "user" limit 1`).length === 0);
}

/** In order: those who write first, then the database. */
async function stop(home: Home): Promise<void> {
  if (ending.asked && process.stdout.isTTY) say(dim("\n  Ending… (Ctrl-C again ends at once)"));
  postgres?.leave();
  await Promise.all(children.map((child) => child.stop()));
  await postgres?.current().stop();
  await forgetRunning(home.folder);
  if (ending.asked) say("  Ended.\n");
}

function endAtOnce(): void {
  for (const child of children) child.kill();
  const pid = postgres?.current().pid;
  if (pid) process.kill(pid, "SIGQUIT");
}

function shorten(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
