import { type ChildProcess, spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { ALIASES, ENV_NAMES } from "@/lib/env";
import { temporaryHome } from "../support/temporary-home";

const KEPT = ["NODE_ENV", "LOG_LEVEL", "FFMPEG_BIN", "FFPROBE_BIN"];

export type StartedApp = { url: string; home: string; stop(): Promise<void> };

/** The studio as `npm start` starts it, built, on a home of its own and a free port; nothing of this machine's configuration. */
export async function startApp(extra: Record<string, string> = {}): Promise<StartedApp> {
  const home = await temporaryHome("browser");
  const port = await freePort();
  const app = spawn(process.execPath, ["--import", "tsx", "bin/start.ts"], {
    env: { ...cleanEnv(), PORT: String(port), KINORA_HOME: join(home, ".kinora"), NO_COLOR: "1", ...extra },
    stdio: ["ignore", "pipe", "pipe"],
  });
  await whenReady(app);
  return {
    url: `http://localhost:${port}`,
    home,
    stop: async () => {
      await end(app);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** This process's environment without any configuration of Kinora's. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of [...ENV_NAMES, ...Object.values(ALIASES).flat()]) {
    if (!KEPT.includes(name)) delete env[name];
  }
  // Not of npm's making: then it would end when whoever started the tests does.
  delete env.npm_lifecycle_event;
  return env;
}

/** It prints its URL when web and worker are well. The first time it builds, which takes a while. */
function whenReady(app: ChildProcess): Promise<void> {
  let said = "";
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`npm start was not ready after 5 minutes:\n${said}`)),
      300_000,
    );
    const take = (chunk: Buffer) => {
      said += chunk;
      if (!said.includes("➜")) return;
      clearTimeout(timer);
      resolve();
    };
    app.stdout?.on("data", take);
    app.stderr?.on("data", take);
    app.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`npm start ended with status ${code}:\n${said}`));
    });
  });
}

async function end(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null) return;
  const ended = new Promise((resolve) => app.once("exit", resolve));
  app.kill("SIGTERM");
  await ended;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
