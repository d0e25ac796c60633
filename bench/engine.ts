import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { type EngineUnderTest, embeddedEngine } from "@kinora/inngest-postgres/conformance";
import type { GetStepTools, Inngest, InngestFunction } from "inngest";
import postgres from "postgres";
import { startPostgres } from "@/lib/embedded/postgres";
import { startServer } from "@/tests/conformance/server";
import { findServer } from "@/tests/support/inngest-server";
import { temporaryHome } from "@/tests/support/temporary-home";

/**
 * The embedded engine on a database that flushes to disk, and beside it a real Inngest server where there is one
 * (figures that begin with "inngest"; its dev server keeps everything in memory).
 */
export async function run(): Promise<Record<string, number>> {
  const embedded = await measureEmbedded();
  const bin = findServer();
  if (!bin) console.error("NOT MEASURED: a real Inngest server; set INNGEST_BIN to measure one beside it.");
  return { ...embedded, ...(bin ? prefix("inngest", await measureServer(bin)) : {}) };
}

async function measureEmbedded(): Promise<Record<string, number>> {
  const home = await temporaryHome("bench");
  const server = await startPostgres({ home });
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  let statements = 0;
  const engine = embeddedEngine(server.url, () => statements++);
  const floor = new Floor(engine);
  try {
    await engine.serve(floor.functions);
    const figures = await measureSpeed(floor);
    return {
      ...figures,
      ...(await measureWaiting(floor, sql, () => statements)),
      ...(await measureIdle(sql)),
    };
  } finally {
    await engine.stop();
    await sql.end();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

async function measureServer(bin: string): Promise<Record<string, number>> {
  const engine = await startServer(bin);
  const floor = new Floor(engine);
  try {
    await engine.serve(floor.functions);
    return await measureSpeed(floor);
  } finally {
    await engine.stop();
  }
}

async function measureSpeed(floor: Floor): Promise<Record<string, number>> {
  await floor.spend("sequence", 3);
  const first: number[] = [];
  for (let i = 0; i < 100; i++) {
    const sent = performance.now();
    await floor.spend("first", 1);
    first.push(floor.firstStepAt - sent);
    await pause(10);
  }
  const sequence: number[] = [];
  for (let i = 0; i < 10; i++) {
    await floor.spend("sequence", 1);
    sequence.push((floor.lastStepAt - floor.firstStepAt) / 9);
  }
  const parallel: number[] = [];
  for (let i = 0; i < 10; i++) {
    await floor.spend("parallel", 1);
    parallel.push(floor.endedAt - floor.firstCallAt);
  }
  const began = performance.now();
  await floor.spend("sequence", 200);
  return {
    eventToFirstStepMedianMs: quantile(first, 0.5),
    eventToFirstStepP99Ms: quantile(first, 0.99),
    perSequentialStepMedianMs: quantile(sequence, 0.5),
    parallel20StepsMedianMs: quantile(parallel, 0.5),
    runsPerSecond: 200 / ((performance.now() - began) / 1000),
  };
}

/** 5,000 runs that wait for an event: what they hold in memory, and what the database is asked meanwhile. */
async function measureWaiting(
  floor: Floor,
  sql: postgres.Sql,
  statements: () => number,
): Promise<Record<string, number>> {
  for (let i = 0; i < 50; i++) await floor.send("wait", 100);
  while ((await countWaiting(sql)) < 5000) await pause(200);
  await pause(2000);
  const before = statements();
  await pause(10_000);
  return {
    waiting5000RssMb: process.memoryUsage.rss() / 2 ** 20,
    waiting5000StatementsPerSecond: (statements() - before) / 10,
  };
}

/** Half a minute after all that, over a minute: V8 gives back memory once, which fills a short window. Not Postgres. */
async function measureIdle(sql: postgres.Sql): Promise<Record<string, number>> {
  await sql`update engine.run set state = 'canceled', wake_at = null`;
  await pause(30_000);
  const before = process.cpuUsage();
  await pause(60_000);
  const { user, system } = process.cpuUsage(before);
  return { settledIdleCpuPercentOfACore: ((user + system) / 60_000_000) * 100 };
}

async function countWaiting(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<
    { n: number }[]
  >`select count(*)::int as n from engine.pending where op = 'WaitForEvent'`;
  return row?.n ?? 0;
}

/** The functions measured, and when they did what (milliseconds of this process's clock). */
class Floor {
  readonly functions: InngestFunction.Any[];
  firstCallAt = 0;
  firstStepAt = 0;
  lastStepAt = 0;
  endedAt = 0;
  private left = 0;
  private done: () => void = () => undefined;

  constructor(private readonly engine: EngineUnderTest) {
    const { client } = engine;
    const define = (id: string, steps: (step: Step) => Promise<unknown>) =>
      client.createFunction({ id, triggers: [{ event: `bench/${id}` }] }, async ({ step }) => {
        this.firstCallAt ||= performance.now();
        await steps(step);
        this.end();
      });
    this.functions = [
      define("first", (step) => step.run("first", () => this.mark())),
      define("sequence", async (step) => {
        for (let i = 0; i < 10; i++) await step.run(`step ${i}`, () => this.mark());
      }),
      define("parallel", (step) =>
        Promise.all(Array.from({ length: 20 }, (_, i) => step.run(`step ${i}`, () => this.mark()))),
      ),
      define("wait", (step) => step.waitForEvent("wait", { event: "bench/never", timeout: "1h" })),
    ];
  }

  async send(id: string, count: number): Promise<void> {
    await this.engine.client.send(Array.from({ length: count }, () => ({ name: `bench/${id}`, data: {} })));
  }

  /** Runs a function `count` times and waits until all have ended. */
  async spend(id: string, count: number): Promise<void> {
    this.firstCallAt = this.firstStepAt = 0;
    this.left = count;
    const ended = new Promise<void>((resolve) => {
      this.done = resolve;
    });
    await this.send(id, count);
    await ended;
  }

  private mark(): number {
    this.lastStepAt = performance.now();
    this.firstStepAt ||= this.lastStepAt;
    return 1;
  }

  private end(): void {
    this.endedAt = performance.now();
    if (--this.left === 0) this.done();
  }
}

type Step = GetStepTools<Inngest.Any>;

function quantile(values: number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

function prefix(with_: string, figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, n]) => [`${with_}${name[0]?.toUpperCase()}${name.slice(1)}`, n]),
  );
}
