import { spawn } from "node:child_process";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryHome } from "@/tests/support/temporary-home";

const SETTLE_SECONDS = 20;
const WATCH_SECONDS = 30;
/** Clock ticks per second in /proc, which is 100 on every Linux. */
const TICKS = 100;

/** What `npm start` costs while nobody asks for anything: memory and processor of all its processes. Linux only. */
export async function run(): Promise<Record<string, number>> {
  const home = await temporaryHome("idle");
  const port = 20_000 + Math.floor(Math.random() * 20_000);
  const app = spawn(process.execPath, ["--import", "tsx", "bin/start.ts"], {
    env: { ...process.env, KINORA_HOME: home, PORT: String(port), DATABASE_URL: "" },
    stdio: "ignore",
  });
  try {
    await answering(`http://127.0.0.1:${port}/healthz`);
    await sleep(SETTLE_SECONDS * 1000);
    const before = await family(app.pid ?? 0, home);
    await sleep(WATCH_SECONDS * 1000);
    const after = await family(app.pid ?? 0, home);
    const ticks = after.ticks - before.ticks;
    return {
      webRssMb: after.web,
      workerRssMb: after.worker,
      postgresPssMb: after.postgres,
      starterRssMb: after.starter,
      totalMb: after.web + after.worker + after.postgres + after.starter,
      cpuPercentOfACore: (ticks / TICKS / WATCH_SECONDS) * 100,
    };
  } finally {
    const gone = new Promise((resolve) => app.once("exit", resolve));
    app.kill("SIGTERM");
    await gone;
    await rm(home, { recursive: true, force: true });
  }
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const ok = await fetch(url)
      .then((answer) => answer.ok)
      .catch(() => false);
    if (ok) return;
    await sleep(250);
  }
  throw new Error("Kinora did not start");
}

type Family = { web: number; worker: number; postgres: number; starter: number; ticks: number };

/** Every process that belongs to this start: its children, and the Postgres of its folder. */
async function family(root: number, home: string): Promise<Family> {
  const sum: Family = { web: 0, worker: 0, postgres: 0, starter: 0, ticks: 0 };
  for (const entry of await readdir("/proc")) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const part = await belongs(pid, root, home).catch(() => null);
    if (!part) continue;
    const stat = (await readFile(`/proc/${pid}/stat`, "utf8")).replace(/^.*\) /s, "").split(" ");
    sum.ticks += Number(stat[11]) + Number(stat[12]);
    sum[part] += await memoryMb(pid, part === "postgres" ? "Pss" : "Rss");
  }
  return sum;
}

async function belongs(pid: number, root: number, home: string): Promise<keyof Omit<Family, "ticks"> | null> {
  const command = (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
  if (pid === root) return "starter";
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const parent = Number(/PPid:\s+(\d+)/.exec(status)?.[1]);
  if (parent === root && environment.includes(home)) return command.includes("worker") ? "worker" : "web";
  const cwd = command.startsWith("postgres") || command.includes("bin/postgres");
  if (!cwd) return null;
  const folder = await readFile(join(home, "postgres-18.location"), "utf8").catch(() => home);
  const own = command.includes(folder.trim()) || (await parentIsPostgresOf(parent, folder.trim()));
  return own ? "postgres" : null;
}

async function parentIsPostgresOf(parent: number, folder: string): Promise<boolean> {
  return (await readFile(`/proc/${parent}/cmdline`, "utf8").catch(() => "")).includes(folder);
}

async function memoryMb(pid: number, kind: "Rss" | "Pss"): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  return Number(new RegExp(`^${kind}:\\s+(\\d+)`, "m").exec(rollup)?.[1] ?? 0) / 1024;
}
