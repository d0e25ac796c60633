import { watch } from "node:fs";
import { join } from "node:path";
import { type Env, engineKind } from "@/lib/env";
import { dim, say, yellow } from "../terminal";
import { Child } from "./child";
import { claimNewest } from "./place";
import { childEnv } from "./settings";

/** `connect` needs the WebSocket that Node brings since 22.4. */
export function canConnect(version = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 4);
}

/**
 * A young generation of 1 MB in place of 16: what streams through is collected early, and the web server stays some
 * 15 MB smaller idle and 50 MB smaller during a large upload, for 1.6 ms more of CPU per page.
 */
export const WEB_FLAGS = ["--max-semi-space-size=1"];

export async function startWeb(config: Env, logs: string, dev: boolean): Promise<Child> {
  const next = ["node_modules/next/dist/bin/next", "dev", "-H", config.HOST, "-p", String(config.PORT)];
  return start("web", dev ? next : [...WEB_FLAGS, join(await claimNewest(), "server.js")], logs, dev, 4_000);
}

/** Undefined where Inngest calls the web server instead: its worker would need a newer Node. */
export function startWorker(config: Env, logs: string, dev: boolean): Child | undefined {
  if (engineKind(config) === "inngest" && !canConnect()) {
    say(
      `  ${yellow("!")} ${`Node ${process.versions.node} cannot run an Inngest worker (22.4 or newer can).`}\n` +
        `    Inngest calls this web server at /api/inngest instead, which limits how long one step may take.`,
    );
    return undefined;
  }
  const worker = start("worker", ["--import", "tsx", "bin/worker.ts"], logs, dev, 8_000);
  if (dev) restartOnChange(worker);
  return worker;
}

function start(name: string, args: string[], logs: string, dev: boolean, graceMs: number): Child {
  return new Child({
    name,
    args,
    env: childEnv(dev),
    logFile: join(logs, `${name}.log`),
    graceMs,
    onLine: (line) => say(`  ${dim(name.padEnd(6))} ${line}`),
  });
}

/** Next reloads by itself; the worker is started anew when what it runs changes. */
function restartOnChange(worker: Child): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of ["lib", "inngest", "bin", "drizzle/schema"]) {
    watch(folder, { recursive: true, persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => worker.restart(), 300);
    });
  }
}
