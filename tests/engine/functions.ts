import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";
import type { Sql } from "postgres";

/** The places where a worker can be made to kill itself, once each: every kind of thing a run does. */
export const KILL_POINTS = [
  "first step",
  "later step",
  "parallel step",
  "after a parallel step",
  "retried step",
  "between sleeps",
  "after the wait",
  "invoked function",
  "outside of a step",
  "failure handler",
] as const;
export type KillPoint = (typeof KILL_POINTS)[number];

/** One that is `doomed` fails for good; one that is `ignored` waits for an answer in vain. */
export type MixedJob = { job: number; doomed: boolean; ignored: boolean };

export async function prepareEffects(sql: Sql): Promise<void> {
  await sql`create table effect (job int not null, step text not null, value text not null)`;
  await sql`create table killed (point text primary key)`;
  await sql`create table outcome (job int not null, value text not null)`;
}

/**
 * One function with everything in it. Each step leaves an effect with a value of its own, so that the results tell
 * which of its executions was kept; `killAt` are the points where this worker ends itself with SIGKILL.
 */
export function mixedFunctions(client: Inngest, sql: Sql, killAt: KillPoint[]): InngestFunction.Any[] {
  const die = async (point: KillPoint) => {
    if (!killAt.includes(point)) return;
    const first = await sql`insert into killed values (${point}) on conflict do nothing returning point`;
    if (first.length > 0) process.kill(process.pid, "SIGKILL");
  };
  const effect = async (job: number, step: string, point?: KillPoint) => {
    const value = randomUUID();
    await sql`insert into effect values (${job}, ${step}, ${value})`;
    if (point) await die(point);
    await pause(Math.random() * 20);
    return value;
  };

  const helper = client.createFunction({ id: "helper", triggers: [] }, ({ event, step }) =>
    step.run("help", () => effect((event.data as { job: number }).job, "help", "invoked function")),
  );

  const mixed = client.createFunction(
    {
      id: "mixed",
      triggers: [{ event: "mixed" }],
      retries: 4,
      concurrency: { limit: 3, key: "event.data.team" },
      cancelOn: [{ event: "mixed/stop", match: "data.job" }],
      onFailure: async ({ event, step }) => {
        const { job } = (event.data.event as { data: { job: number } }).data;
        await step.run("mourn", () => effect(job, "mourn", "failure handler"));
        await sql`insert into outcome values (${job}, 'failed')`;
      },
    },
    async ({ event, step }) => {
      const { job, doomed, ignored } = event.data as MixedJob;
      const values: string[] = [];
      values.push(await step.run("one", () => effect(job, "one", "first step")));
      values.push(await step.run("two", () => effect(job, "two", "later step")));
      await die("outside of a step");
      if (doomed) {
        await step.run("doom", async () => {
          throw new Error("as planned");
        });
      }
      const parts = [1, 2, 3].map((n) =>
        step.run(`part ${n}`, () => effect(job, `part ${n}`, n === 2 ? "parallel step" : undefined)),
      );
      values.push(...(await Promise.all(parts)));
      await die("after a parallel step");
      await step.sleep("nap", "1s");
      await die("between sleeps");
      await step.run("shaky", async () => {
        const [tries] = await sql<{ n: number }[]>`
          select count(*)::int as n from effect where job = ${job} and step = 'shaky'`;
        await effect(job, "shaky", "retried step");
        if ((tries?.n ?? 0) === 0) throw new Error("the first attempt always fails");
      });
      values.push(await step.invoke("ask", { function: helper, data: { job } }));
      await step.sendEvent("tell", { name: "mixed/told", data: { job } });
      const answer = await step.waitForEvent("answer", {
        event: "mixed/answer",
        match: "data.job",
        timeout: ignored ? "2s" : "5m",
      });
      await die("after the wait");
      values.push(await step.run("three", () => effect(job, "three")));
      await step.run("note", async () => {
        await sql`insert into outcome values (${job}, ${JSON.stringify({ values, answered: answer !== null })})`;
      });
      return values;
    },
  );

  const hearer = client.createFunction(
    { id: "hearer", triggers: [{ event: "mixed/told" }] },
    ({ event, step }) => step.run("hear", () => effect((event.data as { job: number }).job, "heard")),
  );
  return [mixed, helper, hearer] as InngestFunction.Any[];
}
