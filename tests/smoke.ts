import { strict as assert } from "node:assert";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanEnv, freePort } from "./browser/start-app";
import { temporaryHome } from "./support/temporary-home";

/** `npm start` as a person at a terminal meets it: start, look, lose a worker, start twice, Ctrl-C. */
const home = await temporaryHome("smoke");
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const first = start({ PORT: String(port), KINORA_HOME: join(home, "kinora") });

try {
  await step("starts and prints one URL", async () => {
    await first.says(/➜/, 300);
    assert.equal(first.text().match(/➜\s+http:\/\/localhost:\d+/g)?.length, 1);
  });
  await step("answers /healthz with 200", async () => {
    const answer = await fetch(`${url}/healthz`);
    assert.equal(answer.status, 200);
    const { reconciler, ...checks } = (await health()).checks;
    assert.deepEqual(Object.values(checks), ["ok", "ok", "ok", "ok"]);
    assert.match(String(reconciler), /^(ok|off)$/);
  });
  await step("keeps its secrets to this user", async () => {
    const listed = execFileSync("ls", ["-l", join(home, "kinora/secrets.json")], { encoding: "utf8" });
    assert.match(listed, /^-rw-------/);
  });
  await step("starts a killed worker again", async () => {
    const worker = find("bin/worker.ts");
    process.kill(worker, "SIGKILL");
    await until(async () => (await health()).checks.engine === "ok" && find("bin/worker.ts") !== worker, 30);
  });
  await step("starts a killed web server again", async () => {
    process.kill(find("next-server", "standalone/server.js"), "SIGKILL");
    await until(async () => (await fetch(`${url}/healthz`)).ok, 30);
  });
  await step("starts a killed database again", async () => {
    const pidFile = await readFile(join(home, "kinora/postgres-18/postmaster.pid"), "utf8");
    process.kill(Number.parseInt(pidFile, 10), "SIGKILL");
    await sleep(1500);
    await until(async () => (await health()).checks.database === "ok", 40);
  });
  await step("shows what runs to a second start in the same folder", async () => {
    const second = start({ PORT: String(await freePort()), KINORA_HOME: join(home, "kinora") });
    assert.equal(await second.ends(60), 0);
    assert.match(second.text(), new RegExp(`already runs[\\s\\S]*localhost:${port}`));
  });
  await step("keeps its files while a second start from the same checkout builds anew", async () => {
    const page = await (await fetch(`${url}/sign-in`)).text();
    const files = [...new Set(page.match(/\/_next\/static\/[^"'\\ ]+/g))];
    assert.ok(files.length > 3, `expected scripts and styles, saw ${files.length}`);
    const changed = "drizzle/smoke.txt";
    await writeFile(changed, String(Date.now()));
    const second = start({ PORT: String(await freePort()), KINORA_HOME: join(home, "second") });
    try {
      await second.says(/➜/, 400);
      assert.match(second.text(), /Build\s+done/);
      for (const file of files) assert.equal((await fetch(url + file)).status, 200, file);
      for (const path of ["/setup", "/sign-in"]) assert.equal((await fetch(url + path)).status, 200, path);
    } finally {
      await rm(changed);
      process.kill(-(second.child.pid ?? 0), "SIGINT");
      await second.ends(60);
    }
  });
  await step("says that the port is taken, and the next step", async () => {
    const other = start({ PORT: String(port), KINORA_HOME: join(home, "other") });
    assert.equal(await other.ends(60), 1);
    assert.match(other.text(), new RegExp(`Port ${port} is already taken[\\s\\S]*PORT=\\d+ npm start`));
  });
  await step("lists every problem of a contradictory configuration", async () => {
    const wrong = start({
      PORT: "99999",
      GITHUB_ID: "x",
      AUTH_SECRET: "short",
      KINORA_HOME: join(home, "wrong"),
    });
    assert.equal(await wrong.ends(60), 1);
    for (const name of ["PORT", "GITHUB_SECRET", "AUTH_SECRET"]) assert.match(wrong.text(), new RegExp(name));
  });
  await step("ends with Ctrl-C and leaves nothing", async () => {
    const family = descendants(first.child.pid ?? 0);
    assert.ok(family.length >= 4, `expected npm, start, web, worker and database, saw ${family.length}`);
    process.kill(-(first.child.pid ?? 0), "SIGINT");
    await first.ends(40);
    await until(async () => family.every((pid) => !isAlive(pid)), 10);
    await new Promise<void>((resolve, reject) => {
      const probe = createServer().once("error", reject);
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
    });
  });
  console.log("\n  npm start: all well\n");
} catch (error) {
  console.error(`\n${first.text()}\n`, error);
  process.exitCode = 1;
} finally {
  for (const pid of descendants(first.child.pid ?? 0)) {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  }
  await rm(home, { recursive: true, force: true });
}

async function step(name: string, run: () => Promise<void>): Promise<void> {
  const begun = Date.now();
  await run().catch((cause) => {
    throw new Error(`npm start: ${name}: ${(cause as Error).message}`, { cause });
  });
  console.log(`  ✓ ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}

function start(env: Record<string, string>) {
  // A group of its own, as a terminal gives: Ctrl-C reaches all of it.
  const child: ChildProcess = spawn("npm", ["start"], {
    env: { ...cleanEnv(), NO_COLOR: "1", ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout?.on("data", (chunk) => (said += chunk));
  child.stderr?.on("data", (chunk) => (said += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const late = (seconds: number, what: string) =>
    sleep(seconds * 1000, undefined, { ref: false }).then(() => {
      throw new Error(`${what} took more than ${seconds} s:\n${said}`);
    });
  return {
    child,
    text: () => said,
    says: (pattern: RegExp, seconds: number) => {
      const waiting = until(async () => pattern.test(said), seconds);
      return Promise.race([waiting, ended.then(() => assert.match(said, pattern))]);
    },
    ends: (seconds: number) => Promise.race([ended, late(seconds, "ending")]),
  };
}

async function health(): Promise<{ checks: Record<string, string> }> {
  return (await fetch(`${url}/healthz`)).json() as Promise<{ checks: Record<string, string> }>;
}

/** Refusals on the way (a server that is just starting) are no answer yet. */
async function until(look: () => Promise<boolean>, seconds: number): Promise<void> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) {
    if (await look().catch(() => false)) return;
  }
  throw new Error(`not within ${seconds} s`);
}

type Row = { pid: number; parent: number; command: string };

function processes(): Row[] {
  return execFileSync("ps", ["-eo", "pid=,ppid=,stat=,args="], { encoding: "utf8" })
    .split("\n")
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null && !match[3]?.startsWith("Z"))
    .map((match) => ({ pid: Number(match?.[1]), parent: Number(match?.[2]), command: match?.[4] ?? "" }));
}

function descendants(root: number): number[] {
  const all = processes();
  const family = new Set([root]);
  for (let grown = 0; grown !== family.size; ) {
    grown = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return [...family];
}

function find(...parts: string[]): number {
  const family = new Set(descendants(first.child.pid ?? 0));
  const found = processes().find(
    ({ pid, command }) => family.has(pid) && parts.some((part) => command.includes(part)),
  );
  if (!found) throw new Error(`no process ${parts[0]} runs`);
  return found.pid;
}

function isAlive(pid: number): boolean {
  return processes().some((row) => row.pid === pid);
}
