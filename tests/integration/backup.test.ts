import { type ChildProcess, spawn } from "node:child_process";
import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepSecrets, prepareHome } from "@/bin/home";
import { decide, submitJob } from "@/inngest";
import { findDifferences } from "@/lib/budget";
import { closeDb, connect, db, schema } from "@/lib/db";
import { migrate } from "@/lib/db/migrate";
import { type RunningPostgres, startPostgres } from "@/lib/embedded/postgres";
import { newId } from "@/lib/ids";
import { type ContractServer, startContractServer } from "../contract";
import { addTeam } from "../support/people";
import { setEnv } from "../support/studio";
import { theStep } from "../support/the-step";

const SECRET = "a secret of this test run, long enough for all";
const THROTTLED_SECONDS = 25;

type Studio = { home: string; postgres: RunningPostgres; worker?: ChildProcess };

let work: string;
let contract: ContractServer;
let team: Awaited<ReturnType<typeof addTeam>>;
const studios: Studio[] = [];

beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), "kinora-backup-"));
  await chmod(work, 0o711);
  contract = await startContractServer({ secondsToMake: 0.1, webhooks: "never" });
  setEnv({ ...contract.env, AUTH_SECRET: SECRET });
});
afterAll(async () => {
  for (const { worker, postgres } of studios) {
    worker?.kill("SIGKILL");
    await postgres.stop();
  }
  await contract.stop();
  await closeDb();
  await rm(work, { recursive: true, force: true });
});

/** A studio in a folder, with a worker of its own; from here on this process talks to it. */
async function open(home: string): Promise<Studio> {
  await closeDb();
  const postgres = await startPostgres({ home, durable: false });
  await migrate(postgres.url);
  setEnv({ DATABASE_URL: postgres.url, KINORA_HOME: home });
  const studio = { home, postgres };
  studios.push(studio);
  return studio;
}

async function startWorker(studio: Studio): Promise<void> {
  const child = spawn(process.execPath, ["--import", "tsx", "bin/worker.ts"], {
    env: { ...process.env, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  studio.worker = child;
  await new Promise<void>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      if (chunk.includes("worker ready")) resolve();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", (code) => reject(new Error(`the worker ended with ${code}`)));
  });
}

/** One of the two programs, as a person calls it: with the home, and no database of theirs. */
async function run(program: "backup" | "restore", home: string, ...args: string[]) {
  const env = { ...process.env, KINORA_HOME: home, DATABASE_URL: "" };
  const child = spawn(process.execPath, ["--import", "tsx", `bin/${program}.ts`, ...args], { env });
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exit, out: out + err };
}

const submit = async (prompt: string, count = 1) => {
  const input = {
    prompt,
    count,
    animate: count > 1,
    videoModel: "draft:camera",
    imageModel: "replicate:black-forest-labs/flux-schnell",
    visionModel: "draft:measure",
  };
  return (await submitJob(team.editor, { pipeline: "animated-picture", input })).id;
};

async function until<T>(what: string, look: () => Promise<T | undefined | false>, seconds = 120): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(100)) {
    const seen = await look();
    if (seen) return seen;
  }
  throw new Error(`${what} did not happen within ${seconds} s`);
}

const stateOf = async (id: string) => {
  const rows = await db().select().from(schema.job);
  return rows.find((row) => row.id === id);
};
const jobIs = (id: string, state: string) =>
  until(`${id} ${state}`, async () => {
    const job = await stateOf(id);
    if (job?.state === "failed" && state !== "failed") throw new Error(JSON.stringify(job.error));
    return job?.state === state && job;
  });
const generationIs = (jobId: string, state: string) =>
  until(`the order of ${jobId} ${state}`, async () => {
    const rows = await db().select().from(schema.generation);
    return rows.find((row) => row.jobId === jobId && row.state === state);
  });
/** Beside the order of a job, one whose bytes were paid for and cannot be used. */
async function keepLostBytes({ home }: Studio, jobId: string): Promise<string> {
  const order = await generationIs(jobId, "succeeded");
  const id = newId("gen");
  const key = `${order.workspaceId}/${jobId}/${id}.answer-0.bin`;
  await writeFile(join(home, "media", key), "paid for");
  const answer = { files: [{ from: "stored", key, mime: "", unusable: "It is no picture." }] };
  const lost = { state: "lost" as const, stepKey: "lost", operation: null, result: null, costMicros: 0 };
  await db()
    .insert(schema.generation)
    .values({ ...order, ...lost, id, key: id, answer });
  return key;
}
const takenBy = () => contract.charges().filter(({ provider }) => provider === "replicate");

describe("a backup, taken while the studio works", () => {
  it("is restored elsewhere: everything goes on, and nothing is paid twice", async () => {
    const old = await open(join(work, "old"));
    await keepSecrets(await prepareHome(old.home));
    team = await addTeam(db(), "backup");
    await startWorker(old);

    const finished = await submit("a finished picture");
    await jobIs(finished, "completed");
    const resting = await submit("a picture to choose", 2);
    await jobIs(resting, "waiting");
    contract.script({ provider: "replicate", fate: { seconds: 5 } });
    const accepted = await submit("a picture being made");
    await generationIs(accepted, "accepted");
    contract.script({
      provider: "replicate",
      answer: { status: 429, retryAfter: String(THROTTLED_SECONDS) },
    });
    const unsent = await submit("a picture about to be ordered");
    await until("the throttled answer", async () => {
      const row = await generationIs(unsent, "intended");
      return contract.requests({ provider: "replicate", kind: "create" }).length === 4 && row;
    });

    const lostKey = await keepLostBytes(old, finished);
    const spooled = join("spool", "an order that no row knows", "answer.json");
    await mkdir(dirname(join(old.home, spooled)), { recursive: true });
    await writeFile(join(old.home, spooled), "{}");

    const folder = join(work, "backup");
    const backup = await run("backup", old.home, folder);
    expect(backup.code, backup.out).toBe(0);
    expect((await stat(join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    const manifest = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
    expect(manifest.media.missing).toEqual([]);
    expect(manifest.media.files).toBeGreaterThanOrEqual(6);

    // The studio lives on: what it had not sent at the snapshot, it sends now. Then its machine dies.
    await generationIs(unsent, "accepted").catch(() => generationIs(unsent, "succeeded"));
    expect((await stateOf(resting))?.state).toBe("waiting");
    old.worker?.kill("SIGKILL");
    const paid = takenBy().length;
    await closeDb();
    await old.postgres.stop();

    const newHome = join(work, "new");
    const restore = await run("restore", newHome, folder);
    expect(restore.code, restore.out).toBe(0);
    expect(restore.out).toContain("2 jobs were under way");
    expect(restore.out).toContain("1 orders may have been sent since");
    expect(await readFile(join(newHome, "secrets.json"), "utf8")).toBe(
      await readFile(join(old.home, "secrets.json"), "utf8"),
    );

    expect(await readFile(join(newHome, "media", lostKey), "utf8")).toBe("paid for");
    expect(await readFile(join(newHome, spooled), "utf8")).toBe("{}");

    const fresh = await open(newHome);
    await startWorker(fresh);
    const rest = await jobIs(resting, "waiting");
    const option = rest.wait?.kind === "choice" ? rest.wait.options[0] : undefined;
    await decide(team.editor, resting, theStep("choose a still"), option ?? "");
    for (const id of [finished, resting, accepted, unsent]) await jobIs(id, "completed");

    expect(takenBy()).toHaveLength(paid);
    const { sql, db: plain } = connect(fresh.postgres.url, { max: 1 });
    const [charged] =
      await sql`select count(*)::int as n from ledger where kind = 'charge' and amount_micros > 0`;
    const [held] = await sql`
      select coalesce(sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end), 0)::int
        as micros from ledger`;
    expect(charged?.n).toBe(paid);
    expect(held?.micros).toBe(0);
    expect(await findDifferences(plain)).toEqual([]);
    for (const asset of await plain.select().from(schema.asset)) {
      for (const key of [asset.storageKey, asset.thumbKey ?? asset.storageKey]) {
        expect((await stat(join(newHome, "media", key))).size).toBeGreaterThan(0);
      }
    }
    await sql.end();
    expect(contract.problems()).toEqual([]);
  }, 400_000);

  it("refuses a home with a studio in it, a running one above all, and keeps what --replace moves aside", async () => {
    const folder = join(work, "backup");
    const home = studios.at(-1)?.home ?? "";
    expect((await run("restore", home, folder)).out).toContain("There is a studio in");
    expect((await run("restore", home, folder, "--replace")).out).toContain("Kinora runs in");
    await closeDb();
    studios.at(-1)?.worker?.kill("SIGKILL");
    await studios.at(-1)?.postgres.stop();
    const replaced = await run("restore", home, folder, "--replace");
    expect(replaced.code, replaced.out).toBe(0);
    const aside = /kept in (\S+)/.exec(replaced.out)?.[1] ?? "";
    expect((await stat(join(aside, "secrets.json"))).isFile()).toBe(true);
    expect((await stat(join(aside, "spool"))).isDirectory()).toBe(true);
  }, 200_000);

  it("makes no studio where there is none", async () => {
    const refused = await run("backup", join(work, "none"), join(work, "backup-of-none"));
    expect(refused.out).toContain("There is no studio in");
    await expect(stat(join(work, "none"))).rejects.toThrow();
    await expect(stat(join(work, "backup-of-none.partial"))).rejects.toThrow();
  }, 60_000);

  it("refuses a damaged backup before anything is touched", async () => {
    const folder = join(work, "backup");
    await appendFile(join(folder, "database", "ledger.copy"), "x");
    const refused = await run("restore", join(work, "third"), folder);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain("The backup is damaged: database/ledger.copy");
    await expect(stat(join(work, "third", "secrets.json"))).rejects.toThrow();
  }, 100_000);
});
