import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { migrate } from "@/lib/db/migrate";
import { startPostgres } from "@/lib/embedded/postgres";
import { freePort } from "../../support/free-ports";
import { temporaryHome } from "../../support/temporary-home";

const BUILT = ".next/standalone/server.js";

export type OwnStudio = {
  url: string;
  databaseUrl: string;
  /** Ends the web server alone, as a crash would. */
  endWeb(): Promise<void>;
  /** Starts it again, at the same address, unless it runs. */
  beginWeb(): Promise<void>;
  stop(): Promise<void>;
};

export const AUTH_SECRET = "only-for-tests-only-for-tests-only-for-tests";

/** A web server with a database of its own where nobody has ever been: for what only happens once. */
export async function startOwnStudio(environment: Record<string, string> = {}): Promise<OwnStudio> {
  if (!existsSync(BUILT)) throw new Error("The web server is not built: run npm run build first.");
  const home = await temporaryHome("browser");
  const database = await startPostgres({ home, durable: false });
  await migrate(database.url);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const settings = {
    PATH: process.env.PATH,
    NODE_ENV: "production",
    DATABASE_URL: database.url,
    KINORA_HOME: home,
    KINORA_URL: url,
    PORT: String(port),
    HOST: "127.0.0.1",
    HOSTNAME: "127.0.0.1",
    AUTH_SECRET,
    // No worker runs beside it, so what is ordered waits, and the log would say so.
    LOG_LEVEL: "fatal",
    ...environment,
  } as const;
  let web: ChildProcess | undefined;
  const isRunning = () => web?.exitCode === null && web.signalCode === null;
  const endWeb = async () => {
    if (!web || !isRunning()) return;
    web.kill("SIGKILL");
    await once(web, "exit");
  };
  const beginWeb = async () => {
    if (isRunning()) return;
    web = spawn(process.execPath, [BUILT], { stdio: ["ignore", "ignore", "inherit"], env: settings });
    await waitUntilServed(`${url}/setup`, web);
  };
  const stop = async () => {
    await endWeb();
    await database.stop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await beginWeb();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, databaseUrl: database.url, endWeb, beginWeb, stop };
}

async function waitUntilServed(url: string, web: ChildProcess): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (web.exitCode !== null) throw new Error(`The web server ended with ${web.exitCode}.`);
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error("The web server did not answer within a minute.");
}
