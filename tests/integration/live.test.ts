import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "@/lib/db";
import { announce } from "@/lib/jobs/events";
import { eventsAfter, hub, lastEventId } from "@/lib/jobs/live";
import { type LiveRequest, liveStream } from "@/lib/jobs/live-stream";
import { createDatabase, type TestDatabase } from "../support/database";

let base: TestDatabase;
const ours = { id: "job_ours", workspaceId: "ws_ours" };
const other = { id: "job_other", workspaceId: "ws_ours" };
const theirs = { id: "job_theirs", workspaceId: "ws_theirs" };

beforeAll(async () => {
  base = await createDatabase();
  for (const id of ["ws_ours", "ws_theirs"])
    await base.db.insert(schema.workspace).values({ id, slug: id, name: id });
  for (const job of [ours, other, theirs]) {
    await base.db
      .insert(schema.job)
      .values({ ...job, pipeline: "animated-picture", title: "A film", input: {}, state: "running" });
  }
});
afterAll(async () => {
  await hub().close();
  await base.drop();
});

type Seen = { id: number; job: string; type: string };

/** Reads a stream as a browser would. */
function open(request: Partial<LiveRequest> = {}) {
  const abort = new AbortController();
  const stream = liveStream({
    workspaceId: "ws_ours",
    isAllowed: async () => true,
    signal: abort.signal,
    ...request,
  });
  const seen: Seen[] = [];
  let raw = "";
  const done = (async () => {
    const decoder = new TextDecoder();
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      raw += decoder.decode(next.value, { stream: true });
      for (const match of raw.matchAll(/id: (\d+)\ndata: (.*)\n\n/g)) {
        seen.push({ id: Number(match[1]), ...JSON.parse(match[2] ?? "") });
      }
      raw = raw.slice(raw.lastIndexOf("\n\n") + 2);
    }
  })();
  return {
    seen,
    done,
    close: () => abort.abort(),
    ready: () => new Promise((resolve) => setTimeout(resolve, 150)),
  };
}

const say = (job: { id: string; workspaceId: string }, type: string) => announce(base.db, job, type);
const until = (check: () => boolean) => expect.poll(check, { timeout: 30_000, interval: 20 }).toBe(true);
const types = (page: { seen: Seen[] }) => page.seen.map((event) => event.type);

describe("live updates", () => {
  it("carries what happens, to the workspace it happens in and to no other", async () => {
    const mine = open();
    const foreign = open({ workspaceId: "ws_theirs" });
    const one = open({ jobId: ours.id });
    await Promise.all([mine.ready(), foreign.ready(), one.ready()]);
    await say(theirs, "secret");
    await say(other, "step.running");
    await say(ours, "step.completed");
    await until(() => mine.seen.length === 2 && foreign.seen.length === 1 && one.seen.length === 1);
    expect(types(mine)).toEqual(["step.running", "step.completed"]);
    expect(types(foreign)).toEqual(["secret"]);
    expect(one.seen[0]).toMatchObject({ job: ours.id, type: "step.completed" });
    for (const page of [mine, foreign, one]) page.close();
  });

  it("replays what was missed, then goes on, each event once and none left out", async () => {
    const after = await lastEventId();
    const writing = (async () => {
      for (let n = 0; n < 300; n++) await say(ours, `n${n}`);
    })();
    await new Promise((resolve) => setTimeout(resolve, 60));
    const page = open({ after });
    await writing;
    await until(() => page.seen.length >= 300);
    await page.ready();
    expect(types(page)).toEqual(Array.from({ length: 300 }, (_, n) => `n${n}`));
    page.close();

    const middle = page.seen[149]?.id ?? 0;
    const again = open({ after: middle });
    await until(() => again.seen.length >= 150);
    expect(types(again)).toEqual(Array.from({ length: 150 }, (_, n) => `n${n + 150}`));
    again.close();
  });

  it("replays more than one page of history", async () => {
    const after = await lastEventId();
    const rows = Array.from({ length: 1_234 }, (_, n) => ({
      jobId: ours.id,
      workspaceId: ours.workspaceId,
      type: `m${n}`,
    }));
    await base.db.insert(schema.jobEvent).values(rows);
    const page = open({ after });
    await until(() => page.seen.length >= 1_234);
    expect(new Set(page.seen.map((event) => event.id)).size).toBe(1_234);
    expect(await eventsAfter({ workspaceId: "ws_theirs" }, after)).toEqual([]);
    page.close();
  });

  it("sends an event whose transaction took longer than that of a later number", async () => {
    const page = open();
    await page.ready();
    await base.db.transaction(async (tx) => {
      await announce(tx, ours, "slow");
      await say(ours, "quick");
      await until(() => types(page).includes("quick"));
    });
    await until(() => types(page).includes("slow"));
    expect(page.seen[0]?.id).toBeGreaterThan(page.seen[1]?.id ?? 0);
    page.close();
  });

  it("listens once for a hundred open pages, and not at all for none", async () => {
    const listening = async () =>
      (
        await base.sql`select 1 from pg_stat_activity
        where datname = current_database() and query ilike 'listen%'`
      ).length;
    const pages = Array.from({ length: 100 }, () => open());
    await Promise.all(pages.map((page) => page.ready()));
    expect(await listening()).toBe(1);
    await say(ours, "to all");
    await until(() => pages.every((page) => page.seen.length === 1));
    for (const page of pages) page.close();
    await expect.poll(listening, { timeout: 30_000 }).toBe(0);
  });

  it("goes on after the database dropped the connection, with what happened meanwhile", async () => {
    const page = open();
    await page.ready();
    await base.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query ilike 'listen%'`;
    await say(ours, "while away");
    await until(() => types(page).includes("while away"));
    await say(ours, "back again");
    await until(() => types(page).includes("back again"));
    expect(types(page)).toEqual(["while away", "back again"]);
    page.close();
  });

  it("ends when the session is revoked, and stays when the check itself fails", async () => {
    let answer: () => Promise<boolean> = () => Promise.reject(new Error("no database"));
    const page = open({ isAllowed: () => answer(), heartbeatMs: 30 });
    await page.ready();
    await say(ours, "still here");
    await until(() => page.seen.length === 1);
    answer = async () => false;
    await page.done;
    await say(ours, "too late");
    await page.ready();
    expect(types(page)).toEqual(["still here"]);
  });
});
