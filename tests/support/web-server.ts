import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SERVER } from "@/bin/start/build";
import { WEB_FLAGS } from "@/bin/start/children";
import { MALLOC_ENV } from "@/bin/start/settings";
import { closeDb, db } from "@/lib/db";
import { migrate } from "@/lib/db/migrate";
import { startPostgres } from "@/lib/embedded/postgres";
import { env } from "@/lib/env";
import { freePort } from "./free-ports";
import { addTeam, type Team } from "./people";
import { type Cookie, signIn } from "./signed-in";
import { temporaryHome } from "./temporary-home";

export type WebServer = {
  url: string;
  pid: number;
  home: string;
  /** The workspace of the signed-in editor. */
  slug: string;
  team: Team;
  cookie: Cookie;
  logFile: string;
  /** Asks it to end, and waits for its exit status. */
  end(): Promise<number | null>;
  stop(): Promise<void>;
};

/** The built web server with a database and a home of its own, and an editor who is signed in. */
export async function startWebServer(extra: Record<string, string> = {}): Promise<WebServer> {
  if (!existsSync(SERVER)) throw new Error("The web server is not built. Run npm run build first.");
  const home = await temporaryHome("web");
  const postgres = await startPostgres({ home, durable: false });
  await migrate(postgres.url);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32).toString("hex");
  const settings = { DATABASE_URL: postgres.url, KINORA_HOME: home, AUTH_SECRET: secret, KINORA_URL: url };
  Object.assign(env(), settings);
  const team = await addTeam(db(), "studio");
  const cookie = await signIn(team.editor.userId);

  const logFile = join(home, "web.log");
  const server = spawn(process.execPath, [...WEB_FLAGS, SERVER], {
    env: {
      ...MALLOC_ENV,
      ...process.env,
      ...settings,
      NODE_ENV: "production",
      HOSTNAME: "127.0.0.1",
      PORT: String(port),
      NEXTAUTH_URL: url,
      LOG_LEVEL: "warn",
      ...extra,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(server, "exit");
  const log = createWriteStream(logFile);
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  await answering(server, `${url}/sign-in`);
  return {
    url,
    pid: server.pid ?? 0,
    home,
    slug: team.slug,
    team,
    cookie,
    logFile,
    end: async () => {
      server.kill("SIGTERM");
      await ended;
      return server.exitCode;
    },
    stop: async () => {
      server.kill("SIGKILL");
      await ended;
      await closeDb();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function answering(server: ChildProcess, url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (server.exitCode !== null) throw new Error(`the web server ended with ${server.exitCode}`);
    const answer = await fetch(url).catch(() => null);
    if (answer && answer.status < 500) return;
    await sleep(100);
  }
  throw new Error("the web server does not answer");
}
