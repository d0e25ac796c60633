import { spawn } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Health } from "@/lib/http/health";
import { temporaryHome } from "@/tests/support/temporary-home";

/** It has settled when it asked for less than this in three looks of five seconds, one after the other. */
const QUIET_PERCENT = 5;
const LOOK_SECONDS = 5;
/** A while longer, for V8 and Postgres tidy up after the making of the sample project. */
const SETTLE_SECONDS = 60;
/** Two looks of the reconciler, which come every minute, are in it. */
const WATCH_SECONDS = 120;
/** Clock ticks per second in /proc, which is 100 on every Linux. */
const TICKS = 100;

/**
 * What `npm start` costs while nobody asks for anything: memory and processor of all its processes, over two minutes
 * that begin a minute after it came to rest. Linux only.
 */
export async function run(): Promise<Record<string, number>> {
  const home = await temporaryHome("idle");
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const app = spawn(process.execPath, ["--import", "tsx", "bin/start.ts"], {
    env: { ...process.env, KINORA_HOME: home, PORT: String(port), DATABASE_URL: "" },
    stdio: "ignore",
  });
  try {
    await answering(`http://127.0.0.1:${port}/healthz`);
    const look = () => family(app.pid ?? 0, home);
    await quiet(look);
    await sleep(SETTLE_SECONDS * 1000);
    const { percent, after } = await watch(look, WATCH_SECONDS);
    return {
      webRssMb: after.web,
      workerRssMb: after.worker,
      postgresPssMb: after.postgres,
      starterRssMb: after.starter,
      totalMb: after.web + after.worker + after.postgres + after.starter,
      settledCpuPercentOfACore: percent,
    };
  } finally {
    const gone = new Promise((resolve) => app.once("exit", resolve));
    app.kill("SIGTERM");
    await gone;
    await rm(home, { recursive: true, force: true });
  }
}

/** Until the sample project is made and the processes are at rest. */
async function quiet(look: () => Promise<Family>): Promise<void> {
  for (let looks = 0, inARow = 0; looks < 120; looks++) {
    const { percent } = await watch(look, LOOK_SECONDS);
    inARow = percent < QUIET_PERCENT ? inARow + 1 : 0;
    if (inARow === 3) return;
  }
  throw new Error("Kinora did not come to rest");
}

async function watch(
  look: () => Promise<Family>,
  seconds: number,
): Promise<{ percent: number; after: Family }> {
  const before = await look();
  await sleep(seconds * 1000);
  const after = await look();
  return { percent: ((after.ticks - before.ticks) / TICKS / seconds) * 100, after };
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const health = await fetch(url)
      .then((answer) => answer.json() as Promise<Health>)
      .catch(() => null);
    if (health?.ok && health.checks.engine === "ok") return;
    await sleep(250);
  }
  throw new Error("Kinora did not start");
}

type Part = "web" | "worker" | "postgres" | "starter";
type Family = Record<Part | "ticks", number>;

/** Every process of this start, counted with the one of them that it helps. */
async function family(root: number, home: string): Promise<Family> {
  const sum: Family = { web: 0, worker: 0, postgres: 0, starter: 0, ticks: 0 };
  const data = await readFile(join(home, "postgres-18.location"), "utf8").catch(() => home);
  for (const entry of await readdir("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const part = await partOf(pid, root, data.trim()).catch(() => null);
    if (!part) continue;
    const stat = await readStat(pid);
    sum.ticks += Number(stat[11]) + Number(stat[12]);
    sum[part] += await memoryMb(pid, part === "postgres" ? "Pss" : "Rss");
  }
  return sum;
}

async function partOf(pid: number, root: number, data: string): Promise<Part | null> {
  if (pid === root) return "starter";
  if (pid <= 1) return null;
  const command = (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
  if (command.includes(data)) return "postgres";
  const above = await partOf(Number((await readStat(pid))[1]), root, data);
  if (above !== "starter") return above;
  if (command.includes("bin/worker")) return "worker";
  return /next-server|server\.js/.test(command) ? "web" : "starter";
}

/** The fields of /proc/<pid>/stat from the third on: state, parent, … */
async function readStat(pid: number): Promise<string[]> {
  return (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /s, "").split(" ");
}

async function memoryMb(pid: number, kind: "Rss" | "Pss"): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(new RegExp(`^${kind}:\\s+(\\d+)`, "m").exec(rollup)?.[1] ?? 0) / 1024;
}
