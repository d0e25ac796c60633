import { setTimeout as pause } from "node:timers/promises";
import type { Inngest, InngestFunction } from "inngest";
import type { Sql } from "postgres";

/** Functions that end their own process, and one beside them that does not. */
export function deadlyFunctions(client: Inngest, sql: Sql): InngestFunction.Any[] {
  const note = (fn: string, step: string, attempt = 0) =>
    sql`insert into effect values (${fn}, ${step}, ${attempt})`;
  const die = async (fn: string, step: string): Promise<never> => {
    await note(fn, step);
    process.kill(process.pid, "SIGKILL");
    return new Promise(() => undefined);
  };
  const exits = client.createFunction(
    {
      id: "exits",
      triggers: [{ event: "exits" }],
      retries: 2,
      onFailure: ({ step }) => step.run("mourn", () => note("exits", "mourn").then(() => 1)),
    },
    async ({ step }) => {
      await step.run("before", () => note("exits", "before").then(() => 1));
      await step.run("exit", () => die("exits", "exit"));
    },
  );
  const caught = client.createFunction(
    { id: "caught", triggers: [{ event: "caught" }], retries: 1 },
    ({ step }) => {
      const name = (error: Error) => error.name;
      return Promise.all([
        step.run("left", () => "left"),
        step.run("exit", () => pause(300).then(() => die("caught", "exit"))).catch(name),
        step.run("right", () => "right"),
      ]);
    },
  );
  const outside = client.createFunction(
    { id: "outside", triggers: [{ event: "outside" }], retries: 1 },
    async ({ step }) => {
      await step.run("before", () => note("outside", "before").then(() => 1));
      // Until the step before is durable: the SDK goes on while it is being stored.
      await pause(300);
      await die("outside", "between");
      await step.run("after", () => 1);
    },
  );
  const neighbour = client.createFunction(
    { id: "neighbour", triggers: [{ event: "neighbour" }], retries: 2 },
    async ({ step }) => {
      for (const name of ["one", "two", "three", "four", "five"]) {
        await step.run(name, async () => {
          await note("neighbour", name);
          await pause(name === "one" ? 0 : 400);
        });
      }
    },
  );
  const busy = client.createFunction(
    { id: "busy", triggers: [{ event: "busy" }], retries: 1 },
    ({ step, event }) =>
      step.run("compute", async () => {
        await note("busy", "compute");
        // Without a pause: the thread can neither renew its lease nor hear of anything.
        for (const end = Date.now() + Number(event.data.ms); Date.now() < end; );
        return "computed";
      }),
  );
  return [exits, caught, outside, neighbour, busy] as InngestFunction.Any[];
}
