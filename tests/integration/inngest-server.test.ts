import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ContractServer, startContractServer } from "../contract";
import { createDatabase, type TestDatabase } from "../support/database";
import { type DevServer, findServer, NO_SERVER, startDevServer } from "../support/inngest-server";
import { addTeam } from "../support/people";
import { setEnv } from "../support/studio";

const bin = findServer();
if (!bin) console.warn(`NOT RUN: pipelines on a real Inngest server. ${NO_SERVER}`);

const PAID = {
  imageModel: "replicate:black-forest-labs/flux-schnell",
  videoModel: "replicate:wan-video/wan-2.2-i2v-fast",
  visionModel: "openai:gpt-6-luna",
};
type Run = { run_id: string; status: string };
const TABLES = ["job", "job_step", "job_event", "generation", "asset", "ledger", "budget"];

describe.skipIf(!bin)("a pipeline on a real Inngest server", () => {
  let base: TestDatabase;
  let contract: ContractServer;
  let server: DevServer;
  let kinora: typeof import("@/inngest");
  let team: Awaited<ReturnType<typeof addTeam>>;

  beforeAll(async () => {
    base = await createDatabase();
    contract = await startContractServer({ secondsToMake: 0.1, webhooks: "never" });
    server = await startDevServer(bin ?? "");
    // A run that finds an order on its way waits for as long as that may take.
    const engine = { INNGEST_DEV: "1", INNGEST_BASE_URL: server.url, PROVIDER_POST_SECONDS: 5 };
    setEnv({ ...contract.env, ...engine, AUTH_SECRET: "a secret of this test run, long enough for all" });
    kinora = await import("@/inngest");
    await server.serve(kinora.inngest, kinora.functions);
    team = await addTeam(base.db, "studio");
  });
  afterAll(async () => {
    await server?.stop();
    await contract?.stop();
    await base?.drop();
  });

  async function ask(path: string, init?: RequestInit) {
    const response = await fetch(server.url + path, init);
    return (await response.json()) as { data: never };
  }

  /** The run that the job's event started; undefined when it has not yet. */
  async function findRun(jobId: string): Promise<Run | undefined> {
    const { data: events } = await ask("/v1/events?name=animated-picture/requested");
    const event = (events as { internal_id: string; data: { jobId: string } }[]).find(
      (one) => one.data.jobId === jobId,
    );
    if (!event) return undefined;
    const { data: runs } = await ask(`/v1/events/${event.internal_id}/runs`);
    return (runs as Run[])[0];
  }

  async function endOf(run: string): Promise<Run> {
    const read = async () => (await ask(`/v1/runs/${run}`)).data as Run;
    await expect.poll(async () => (await read()).status, { timeout: 60_000 }).toMatch(/Completed|Failed/);
    return read();
  }

  /** What Rerun does on Inngest's dashboard. */
  async function rerun(run: string, body: Record<string, unknown>): Promise<string> {
    const init = { method: "POST", body: JSON.stringify(body) };
    const { data } = await ask(`/api/v2/runs/${run}/rerun`, init);
    return (data as { runId: string }).runId;
  }

  async function everything() {
    const rows = await Promise.all(
      TABLES.map((table) => base.sql.unsafe(`select * from ${table} order by ${table}::text`)),
    );
    return {
      rows: Object.fromEntries(TABLES.map((table, index) => [table, [...(rows[index] ?? [])]])),
      charges: contract.charges(),
      orders: contract.requests({ kind: "create" }).length,
    };
  }

  const submit = (input: Record<string, unknown>) =>
    kinora.submitJob(team.editor, {
      pipeline: "animated-picture",
      input: { prompt: "a lighthouse in the storm", count: 2, ...PAID, ...input },
    });
  const stateOf = async (id: string) => (await base.sql`select state from job where id = ${id}`)[0]?.state;

  it.each([
    ["a job that is complete", true, "completed"],
    ["a job that waits for a choice", false, "waiting"],
  ])(
    "costs nothing and changes nothing when it is run again: %s",
    async (_what, chooseAutomatically, state) => {
      const { id } = await submit({ chooseAutomatically });
      await expect.poll(() => stateOf(id), { timeout: 60_000 }).toBe(state);
      const first = (await findRun(id))?.run_id ?? expect.fail("the event started no run");
      expect((await endOf(first)).status).toBe("Completed");
      const before = await everything();
      expect(before.charges.length).toBeGreaterThan(0);

      for (const from of [{}, { fromStep: { stepId: "make the stills" } }]) {
        const again = await rerun(first, from);
        expect(again).not.toBe(first);
        expect((await endOf(again)).status).toBe("Completed");
        expect(await everything()).toEqual(before);
      }
    },
  );

  it("pays nothing twice when it is run again while it is still being made", {
    timeout: 180_000,
  }, async () => {
    const paidBefore = contract.charges().length;
    const { id } = await submit({ chooseAutomatically: true });
    await expect.poll(() => stateOf(id), { timeout: 60_000 }).toBe("running");
    const first = (await findRun(id))?.run_id ?? expect.fail("the event started no run");
    const again = await rerun(first, {});
    const ends = await Promise.all([endOf(first), endOf(again)]);
    expect(ends.map((end) => end.status)).toEqual(["Completed", "Completed"]);
    expect(await stateOf(id)).toBe("completed");

    const orders = await base.sql`select state from generation where job_id = ${id}`;
    expect(orders.map((order) => order.state)).toEqual(orders.map(() => "succeeded"));
    expect(contract.charges().length - paidBefore).toBe(orders.length);
    const films = await base.sql`select 1 from asset where job_id = ${id} and role = 'film'`;
    expect(films).toHaveLength(1);
  });

  it("is asked for under another name when the server gave its run up undelivered", {
    timeout: 180_000,
  }, async () => {
    await server.leave();
    const { id } = await submit({ chooseAutomatically: true });
    await expect.poll(() => findRun(id), { timeout: 60_000 }).toMatchObject({ status: "Failed" });
    // What would have told of the failure is given up some seconds later; the server does not list it.
    await sleep(15_000);
    await server.serve(kinora.inngest, kinora.functions);
    expect(await stateOf(id)).toBe("queued");

    // Where it had not looked for long, nothing was driven: what stood still then gets one more look.
    await kinora.reconcile();
    await base.sql`update job set touched_at = now() - interval '6 minutes' where id = ${id}`;
    await kinora.reconcile();
    await expect.poll(() => stateOf(id), { timeout: 60_000 }).toBe("completed");
    const { checkHealth } = await import("@/lib/http/health");
    expect((await checkHealth()).checks, "over HTTP it takes no worker").toMatchObject({
      engine: "ok",
      reconciler: "ok",
    });
    const [{ runs } = { runs: 0 }] = await base.sql`select run as runs from job where id = ${id}`;
    expect(runs).toBe(1);
  });
});
