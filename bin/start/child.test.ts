import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isAlive } from "@/lib/embedded/postgres";
import { Child } from "./child";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-child-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(
  program: string,
  graceMs = 2_000,
): Promise<{ child: Child; lines: string[]; log: string }> {
  const lines: string[] = [];
  const log = join(folder, `${Math.random()}.log`);
  const child = new Child({
    name: "test",
    args: ["-e", program],
    env: process.env,
    logFile: log,
    graceMs,
    onLine: (line) => lines.push(line),
  });
  return { child, lines, log };
}

/** The log is opened a moment after the start. */
const textOf = (log: string) => readFile(log, "utf8").catch(() => "");

async function until(look: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 15_000; Date.now() < end; await sleep(20)) if (await look()) return;
  throw new Error("not within 15 s");
}

describe("a child of npm start", () => {
  it("is started again when it is killed, and says so", async () => {
    const { child, lines } = await run("setInterval(() => {}, 1000)");
    const before = child.pid ?? 0;
    process.kill(before, "SIGKILL");
    await until(() => child.pid !== before && child.pid !== undefined);
    expect(lines).toEqual(["ended (SIGKILL); starting it again in 0.5 s"]);
    expect(child.hopeless).toBe(false);
    const after = child.pid ?? 0;
    await child.stop();
    expect(await isAlive(after)).toBe(false);
  });

  it("is given up after it has fallen three times at once, with growing pauses", async () => {
    const { child, lines } = await run("process.exit(3)");
    await until(() => child.hopeless);
    await child.stop();
    expect(lines.map((line) => line.replace(/.*again in /, ""))).toEqual(["0.5 s", "1 s", "2 s"]);
  });

  it("is asked to end, and killed when it does not", async () => {
    const { child, log } = await run(
      'process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1000); console.log("up")',
      300,
    );
    await until(async () => (await textOf(log)).includes("up"));
    const pid = child.pid ?? 0;
    await child.stop();
    expect(await isAlive(pid)).toBe(false);
    await until(async () => (await textOf(log)).includes("no"));
  });

  it("tells warnings and errors, and keeps everything in its log", async () => {
    const { child, lines, log } = await run(`
      console.error(JSON.stringify({ level: 30, msg: "quiet" }));
      console.error(JSON.stringify({ level: 50, msg: "order failed", err: { message: "no credit" } }));
      console.error("TypeError: bad\\n    at line 1");
      console.log("done");
      setInterval(() => {}, 1000);
    `);
    await until(async () => (await textOf(log)).includes("done"));
    await child.stop();
    expect(lines).toEqual(["order failed: no credit", "TypeError: bad"]);
    expect(await readFile(log, "utf8")).toMatch(/quiet[\s\S]*at line 1/);
  });

  it("ends by itself when its parent is killed with -9", async () => {
    const script = join(folder, "parent.mts");
    const source = JSON.stringify(join(process.cwd(), "bin/start/child.ts"));
    await writeFile(
      script,
      `import { Child } from ${source};
       const child = new Child({ name: "test", args: ["-e", "setInterval(() => {}, 1000)"], env: process.env,
         logFile: ${JSON.stringify(join(folder, "orphan.log"))}, graceMs: 1000, onLine: () => {} });
       setTimeout(() => console.log(child.pid), 500);`,
    );
    const parent = spawn(process.execPath, ["--import", "tsx", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = await once(parent.stdout, "data");
    const pid = Number(String(said));
    expect(await isAlive(pid)).toBe(true);
    parent.kill("SIGKILL");
    await until(async () => !(await isAlive(pid)));
  });
});
