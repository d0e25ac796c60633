import { rm } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { type EngineUnderTest, embeddedEngine } from "@kinora/inngest-postgres/conformance";
import postgres from "postgres";
import { startPostgres } from "@/lib/embedded/postgres";
import { temporaryHome } from "@/tests/support/temporary-home";

const WAITS = 20_000;
const EVENTS = 20;

/** What the embedded engine does at its edges: very many waits, very large states. */
export async function run(): Promise<Record<string, number>> {
  const home = await temporaryHome("bench");
  const server = await startPostgres({ home, durable: false });
  const sql = postgres(server.url, { max: 1, onnotice: () => undefined });
  const engine = embeddedEngine(server.url);
  try {
    const waits = await prepareWaits(engine, sql);
    const states = prepareStates(engine);
    await engine.serve([...waits.functions, ...states.functions]);
    return { ...(await waits.measure()), ...(await states.measure()) };
  } finally {
    await engine.stop();
    await sql.end();
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}

/** From an event to the function that it starts, while none and while very many runs wait for another of its name. */
async function prepareWaits({ client }: EngineUnderTest, sql: postgres.Sql) {
  let heard: () => void = () => undefined;
  const functions = [
    client.createFunction({ id: "waits", triggers: [{ event: "bench/wait" }] }, ({ step }) =>
      step.waitForEvent("wait", {
        event: "bench/moved",
        timeout: "1h",
        if: "async.data.generationId == 'gen_0'",
      }),
    ),
    client.createFunction({ id: "hears", triggers: [{ event: "bench/moved" }] }, async () => heard()),
  ];
  const measureEvents = async () => {
    const took: number[] = [];
    for (let i = 0; i < EVENTS; i++) {
      const done = new Promise<void>((resolve) => {
        heard = resolve;
      });
      const sent = performance.now();
      await client.send({ name: "bench/moved", data: { generationId: "gen_none" } });
      await done;
      took.push(performance.now() - sent);
      await pause(50);
    }
    return took.sort((a, b) => a - b)[EVENTS / 2] ?? Number.NaN;
  };
  const measure = async () => {
    await client.send({ name: "bench/wait", data: {} });
    while ((await sql`select from engine.listener`).length === 0) await pause(50);
    const one = await measureEvents();
    await multiplyWait(sql);
    const cpu = process.cpuUsage();
    const many = await measureEvents();
    const { user, system } = process.cpuUsage(cpu);
    return {
      oneWaitEventMedianMs: one,
      [`waits${WAITS}EventMedianMs`]: many,
      [`waits${WAITS}CpuMsPerEvent`]: (user + system) / 1000 / EVENTS,
    };
  };
  return { functions, measure };
}

/** Copies the one run that waits, each copy waiting for a generation of its own. */
async function multiplyWait(sql: postgres.Sql): Promise<void> {
  await sql`create temporary table one as
    select r.* from engine.run r join engine.listener l on l.run_id = r.id`;
  await sql`create temporary table ear as select * from engine.listener`;
  await sql`create temporary table copies as select n from generate_series(1, ${WAITS}) n`;
  const runs = await columnsOf(sql, "run");
  await sql.unsafe(
    `insert into engine.run (${runs}) select ${runs.replace(/\bid\b/, "'copy ' || n")} from one, copies`,
  );
  const columns = await columnsOf(sql, "listener");
  const values = columns
    .replace("run_id", "'copy ' || n")
    .replace("expression", "replace(expression, 'gen_0', 'gen_' || n)")
    .replace("match_key", "replace(match_key, 'gen_0', 'gen_' || n)");
  await sql.unsafe(`insert into engine.listener (${columns}) select ${values} from ear, copies`);
  await sql`analyze engine.run, engine.listener`;
}

async function columnsOf(sql: postgres.Sql, table: string): Promise<string> {
  const rows = await sql<{ name: string }[]>`
    select column_name as name from information_schema.columns
    where table_schema = 'engine' and table_name = ${table} order by ordinal_position`;
  return rows.map((row) => row.name).join(", ");
}

/** Parallel steps with large results: 20 of 1.5 MB, which a run may have, and 20 of 4 MB, which are too much together. */
function prepareStates({ client }: EngineUnderTest) {
  let called: () => void = () => undefined;
  const define = (id: string, mb: number) =>
    client.createFunction(
      {
        id,
        triggers: [{ event: `bench/${id}` }],
        retries: 0,
        onFailure: async () => called(),
      },
      async ({ step }) => {
        await Promise.all(
          Array.from({ length: 20 }, (_, i) => step.run(`part ${i}`, () => "x".repeat(mb * 2 ** 20 - 100))),
        );
        await Promise.all(Array.from({ length: 5 }, (_, i) => step.run(`after ${i}`, () => i)));
        called();
      },
    );
  const functions = [define("large", 1.5), define("huge", 4)];
  const measureOne = async (id: string) => {
    const done = new Promise<void>((resolve) => {
      called = resolve;
    });
    const blocked = monitorEventLoopDelay({ resolution: 5 });
    blocked.enable();
    const cpu = process.cpuUsage();
    const began = performance.now();
    await client.send({ name: `bench/${id}`, data: {} });
    await done;
    const { user, system } = process.cpuUsage(cpu);
    return {
      [`${id}StateMs`]: performance.now() - began,
      [`${id}StateCpuMs`]: (user + system) / 1000,
      [`${id}StateLongestBlockMs`]: blocked.max / 1e6,
      [`${id}StatePeakRssMb`]: process.resourceUsage().maxRSS / 1024,
    };
  };
  const measure = async () => ({ ...(await measureOne("large")), ...(await measureOne("huge")) });
  return { functions, measure };
}
