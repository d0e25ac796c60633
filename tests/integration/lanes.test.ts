import { afterAll, beforeAll, expect, it } from "vitest";
import { submitJob } from "@/inngest";
import { addTeam, type Team } from "../support/people";
import { startStudio, type TestStudio } from "../support/studio";

/** Its provider is asked once a second: far more than may be sent at once. */
const MODEL = "leonardo:seedream-5.0-pro";
const JOBS = 24;

let studio: TestStudio;
let other: Team;
beforeAll(async () => {
  studio = await startStudio();
  other = await addTeam(studio.base.db, "other");
});
afterAll(() => studio.stop());

const order = (team: Team, prompt: string) =>
  submitJob(team.editor, {
    pipeline: "animated-picture",
    input: { prompt, count: 1, imageModel: MODEL, animate: false },
  });

/** What the provider was asked for, in the order of asking. */
const asked = () =>
  studio.contract
    .requests({ provider: "leonardo", kind: "create" })
    .map(({ body }) => /one of many|the single one/.exec(JSON.stringify(body))?.[0]);

it("sends a workspace’s single picture before another’s many, though they were asked for first", {
  timeout: 120_000,
}, async () => {
  await Promise.all(Array.from({ length: JOBS }, () => order(studio.team, "one of many")));
  const generations = async () =>
    (await studio.base.sql`select from engine.run where fn_id like '%generation-leonardo'`).length;
  await expect.poll(generations, { timeout: 60_000 }).toBe(JOBS);
  await order(other, "the single one");
  await expect.poll(asked, { timeout: 60_000 }).toContain("the single one");
  expect(asked().filter((prompt) => prompt === "one of many").length).toBeLessThan(JOBS);
});
