import "../faults/mocks";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendRequest } from "@/lib/ai/http";
import { db, schema } from "@/lib/db";
import { storage } from "@/lib/storage";
import { Died, Life } from "../faults/life";
import { openStage, type Stage } from "../faults/stage";
import type { Breakdown } from "../faults/statement";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

let names = 0;
const note = (tx: Pick<ReturnType<typeof db>, "insert">, name: string) =>
  tx.insert(schema.errand).values({ name, tookMs: 0 });
const isNoted = async (name: string) =>
  (await stage.base.sql`select 1 from errand where name = ${name}`).length > 0;
/** Lives through one piece of work whose statement breaks down: the code of its error, or how it ended. */
async function live(breakdown: Breakdown, at: number, work: (name: string) => Promise<unknown>) {
  const name = `note ${names++}`;
  const life = new Life({ at, breakdown });
  const end = await life
    .run(() => work(name))
    .then(
      () => "done",
      (thrown) => (thrown instanceof Died ? "died" : codeOf(thrown)),
    );
  return [end, await isNoted(name)];
}
function codeOf(thrown: { code?: string; cause?: unknown }): string | undefined {
  return thrown.code ?? (thrown.cause ? codeOf(thrown.cause) : undefined);
}

/** The walk of the paid path proves nothing unless what breaks down on it breaks as it does in the world. */
describe("a statement that breaks down", () => {
  it.each<[Breakdown, unknown[]]>([
    ["lost", ["CONNECTION_CLOSED", false]],
    ["answer lost", ["CONNECTION_CLOSED", true]],
    ["outage", ["CONNECTION_CLOSED", false]],
    ["death", ["died", false]],
  ])("a query, %s", async (breakdown, end) => {
    expect(await live(breakdown, 0, (name) => note(db(), name))).toEqual(end);
  });

  it.each<[Breakdown, number, unknown[]]>([
    ["lost", 0, ["CONNECTION_CLOSED", false]],
    ["death", 0, ["died", false]],
    ["lost", 1, ["CONNECTION_CLOSED", false]],
    ["answer lost", 1, ["CONNECTION_CLOSED", true]],
    ["death", 1, ["died", false]],
    ["death", 2, ["done", true]],
  ])("a transaction, %s at its statement %i", async (breakdown, at, end) => {
    const work = (name: string) => db().transaction((tx) => note(tx, name));
    expect(await live(breakdown, at, work)).toEqual(end);
  });

  it("an outage ends after some statements, and death may be quicker", async () => {
    const work = async (name: string) => {
      for (let tries = 1; tries < 20; tries++) if (await note(db(), name).catch(() => null)) return;
    };
    expect(await live("outage", 0, work)).toEqual(["done", true]);
    expect(await live("outage, then death", 0, work)).toEqual(["died", false]);
  });

  it.each<[Breakdown, unknown[], number]>([
    ["refused", ["unreachable", false], 0],
    ["lost", ["dropped", true], 0],
    ["answer lost", ["dropped", true], 1],
    ["answer cut", ["dropped", true], 1],
  ])("a request, %s", async (breakdown, end, seen) => {
    stage.contract.reset();
    const url = `${stage.contract.env.OPENAI_BASE_URL}/models`;
    const request = {
      url,
      method: "GET",
      headers: {},
      timeoutSeconds: 5,
      signal: new AbortController().signal,
    };
    const life = new Life({ at: 0, breakdown });
    const ended = await life.run(() => sendRequest(request)).catch(({ reason, sent }) => [reason, sent]);
    expect(ended).toEqual(end);
    expect(stage.contract.requests()).toHaveLength(seen);
  });

  it("a full disk takes nothing, and a file that a dead process did not finish is not there", async () => {
    const key = `${stage.team.workspaceId}/uploads/up_1.txt`;
    const put = () => storage().put(key, Buffer.from("x"), "text/plain");
    expect(await live("lost", 0, put)).toEqual(["ENOSPC", false]);
    expect(await live("death", 0, put)).toEqual(["died", false]);
    expect(await storage().head(key)).toBeNull();
    expect(await live("answer lost", 0, put)).toEqual(["EIO", false]);
    expect(await readFile(join(stage.base.home, "media", key), "utf8")).toBe("x");
  });
});
