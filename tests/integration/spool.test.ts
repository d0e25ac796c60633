import { mkdir, readdir, rename, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findDifferences } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { lookAt, order, type Standing, tidySpool } from "@/lib/studio";
import { type Job, orderJob } from "../faults/job";
import { scenarios } from "../faults/scenarios";
import { openStage, PICTURE_ID, type Stage } from "../faults/stage";
import { setEnv } from "../support/studio";
import { temporaryHome } from "../support/temporary-home";

let stage: Stage;
let job: Job;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  job = await orderJob(stage);
});
afterEach(async () => {
  expect(await findDifferences(db())).toEqual([]);
  stage.contract.reset();
});

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Two pictures within one answer: nothing but this process has them when it comes. */
const inAnswer = scenarios(PICTURE_ID).find(({ name }) => name.startsWith("pictures of OpenAI"));
const posts = () => stage.contract.requests({ provider: "openai", kind: "create" }).length;
const spool = (key = "") => join(stage.base.home, "spool", key);

let seed = 9000;
async function orderPictures(): Promise<Standing> {
  const [ask] = (await inAnswer?.work(seed++).asks(job.scope)) ?? [];
  if (!ask) throw new Error("nothing to order");
  return order(job.scope, 0, ask);
}

async function onlyOrder() {
  const rows = await db().select().from(schema.generation).where(eq(schema.generation.jobId, job.id));
  expect(rows).toHaveLength(1);
  return rows[0] as (typeof rows)[number];
}

async function age(folder: string, seconds: number) {
  const then = new Date(Date.now() - seconds * 1000);
  await utimes(folder, then, then);
}

/** From here on no row takes this; the result says when it is over. */
async function refuseState(state: string) {
  await stage.base.sql.unsafe(`
    create function refuse() returns trigger language plpgsql as $$ begin
      raise exception 'no' using errcode = '22000';
    end $$;
    create trigger refuse before update on generation for each row when (new.state = '${state}') execute function refuse();`);
  return () => stage.base.sql.unsafe("drop trigger refuse on generation; drop function refuse;");
}

describe("folders of the spool that were never finished", () => {
  it.each([
    ["an empty one goes after an hour", [], 2 * HOUR, false],
    ["one with half a file goes after an hour", ["0.bin.part"], 2 * HOUR, false],
    ["one that is being written stays", ["0.bin.part"], HOUR / 4, true],
    ["one with bytes that came stays", ["0.bin", "1.bin.part"], 2 * HOUR, true],
    ["one with bytes that came goes after a month", ["0.bin"], 31 * DAY, false],
  ])("%s", async (_name, files, ageSeconds, stays) => {
    await orderPictures();
    const { id, key } = await onlyOrder();
    await db().update(schema.generation).set({ state: "uncertain" }).where(eq(schema.generation.id, id));
    await mkdir(spool(key), { recursive: true });
    for (const name of files) await writeFile(join(spool(key), name), "bytes");
    await age(spool(key), ageSeconds);
    await tidySpool();
    expect((await readdir(spool())).includes(key)).toBe(stays);
    await rm(spool(key), { recursive: true, force: true });
    await db().update(schema.generation).set({ state: "succeeded" }).where(eq(schema.generation.id, id));
  });
});

describe("two machines with a spool each", () => {
  it.each([
    ["nobody has decided", false],
    ["a person has decided not to pay again", true],
  ])(
    "what one dies with is never ordered again by the other, and comes in when it is back: %s",
    async (_name, decided) => {
      const takesAgain = await refuseState("answered");
      await expect(orderPictures()).rejects.toThrow();
      await takesAgain();
      const { id, heldMicros } = await onlyOrder();
      expect(posts()).toBe(1);

      const home = stage.base.home;
      const other = await temporaryHome("other");
      setEnv({ KINORA_HOME: other });
      await job.passTime();
      expect(await lookAt(id)).toMatchObject({ state: "uncertain" });
      expect(await tidySpool()).toBe(0);
      if (decided) {
        await job.decide(id, "do not pay again");
        expect((await onlyOrder()).costMicros).toBe(heldMicros);
      }
      expect((await lookAt(id)).state).toBe(decided ? "ended" : "uncertain");
      expect(posts()).toBe(1);

      setEnv({ KINORA_HOME: home });
      await rm(other, { recursive: true, force: true });
      await age(spool((await onlyOrder()).key), 60);
      expect(await tidySpool()).toBe(1);
      expect(await lookAt(id)).toMatchObject({
        state: "done",
        assetIds: [expect.any(String), expect.any(String)],
      });
      expect(posts()).toBe(1);
      expect(await readdir(spool())).toEqual([]);
      expect((await onlyOrder()).costMicros).toBeGreaterThan(0);
    },
  );
});

describe("an answer that neither the media storage nor the spool's disk takes", () => {
  it("is kept in the database, and comes into the library when they do again", async () => {
    const places = [join(stage.base.home, "media"), join(stage.base.home, "spool")];
    for (const place of places) {
      await rename(place, `${place}-away`);
      await writeFile(place, "no folder");
    }
    await expect(orderPictures()).rejects.toThrow();
    const { id, state, answer, costMicros } = await onlyOrder();
    const kept = () =>
      stage.base.sql`select index, length(bytes) as bytes from answer_file where generation_id = ${id}`;
    expect(state).toBe("answered");
    expect(answer).toMatchObject({ files: [{ from: "database" }, { from: "database" }] });
    expect((await kept()).map(({ bytes }) => bytes > 1000)).toEqual([true, true]);
    expect(costMicros).toBeGreaterThan(0);

    for (const place of places) {
      await rm(place);
      await rename(`${place}-away`, place);
    }
    expect(await lookAt(id)).toMatchObject({ state: "done", costMicros });
    expect(await kept()).toHaveLength(0);
    expect(posts()).toBe(1);
  });
});
