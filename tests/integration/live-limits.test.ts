import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "@/lib/db";
import { announce } from "@/lib/jobs/events";
import { hub } from "@/lib/jobs/live";
import { STREAMS_PER_PERSON } from "@/lib/jobs/live-places";
import { type LiveRequest, liveStream } from "@/lib/jobs/live-stream";
import { removeMember } from "@/lib/workspaces";
import { createDatabase, type TestDatabase } from "../support/database";
import { addMember, addTeam, type Team } from "../support/people";

let base: TestDatabase;
let team: Team;
const job = () => ({ id: "job_1", workspaceId: team.workspaceId });

beforeAll(async () => {
  base = await createDatabase();
  team = await addTeam(base.db, "ours");
  await base.db
    .insert(schema.job)
    .values({ ...job(), pipeline: "animated-picture", title: "A film", input: {}, state: "running" });
});
afterAll(async () => {
  await hub().close();
  await base.drop();
});

const open = (request: Partial<LiveRequest> = {}) =>
  liveStream({
    workspaceId: team.workspaceId,
    isAllowed: async () => true,
    signal: new AbortController().signal,
    ...request,
  });

/** Everything a stream says until it ends; throws where it is cut. */
const readAll = (stream: ReadableStream<Uint8Array<ArrayBufferLike>>) =>
  new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text();

it("cuts a page off that never reads, with what waited for it", async () => {
  const type = "x".repeat(60);
  const rows = Array.from({ length: 6_000 }, () => ({ workspaceId: team.workspaceId, jobId: "job_1", type }));
  for (let at = 0; at < rows.length; at += 1_000)
    await base.db.insert(schema.jobEvent).values(rows.slice(at, at + 1_000));
  const reader = open({ after: 0 }).getReader();
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  let bytes = 0;
  const drain = async () => {
    for (let next = await reader.read(); !next.done; next = await reader.read()) bytes += next.value.length;
  };
  await expect(drain()).rejects.toThrow("does not read");
  expect(bytes).toBeLessThan(300_000);
  await announce(base.db, job(), "after");
});

it("ends the stream of somebody put out at once, not at the next heartbeat", async () => {
  const { userId } = await addMember(base.db, team.workspaceId, "editor", "Sam");
  let allowed = true;
  const said = readAll(open({ userId, isAllowed: async () => allowed, heartbeatMs: 3_600_000 }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  allowed = false;
  await removeMember(team.owner, userId);
  expect(await said).toContain("event: end");
});

it("sends the oldest page of a person away when they open too many, and nobody else's", async () => {
  const other = open({ userId: "user_other" }).getReader();
  const pages = Array.from({ length: STREAMS_PER_PERSON }, () => open({ userId: "user_many" }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const oldest = readAll(pages[0] as ReadableStream<Uint8Array>);
  const newest = open({ userId: "user_many" });
  expect(await oldest).toContain("event: end");
  expect((await other.read()).done).toBe(false);
  for (const page of [...pages.slice(1), newest]) await page.cancel();
  await other.cancel();
});
