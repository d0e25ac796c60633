import { DrizzleQueryError } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { submitJob } from "@/inngest";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { endpoint } from "@/lib/http/endpoint";
import { storage } from "@/lib/storage";
import { reportUnexpected, startTelemetry, stopTelemetry } from "@/lib/telemetry";
import { type Listener, listen } from "../support/listener";
import { setEnv, startStudio, type TestStudio, waitForJob } from "../support/studio";

type Event = {
  tags: Record<string, string | number>;
  exception: { values: { type: string; value: string; stacktrace?: { frames: unknown[] } }[] };
  environment: string;
};

let studio: TestStudio;
let ingest: Listener;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());

/** The events that `work` led to, as Sentry would get them. */
async function eventsOf(work: () => Promise<unknown>): Promise<Event[]> {
  ingest = await listen();
  setEnv({ SENTRY_DSN: `${ingest.url.replace("://", "://0123456789abcdef@")}/42` });
  await startTelemetry("worker");
  try {
    await work();
    await stopTelemetry();
    expect(ingest.heard.every(({ path }) => path.startsWith("/api/42/envelope/"))).toBe(true);
    // Lines of JSON: the envelope's head, an item's head, the item.
    return ingest.heard.map(({ body }) => JSON.parse(body.toString().split("\n")[2] ?? ""));
  } finally {
    await stopTelemetry();
    ingest.stop();
    delete process.env.SENTRY_DSN;
    env().SENTRY_DSN = undefined;
  }
}

const order = (imageModel: string) =>
  submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: "a lighthouse-canary", count: 1, animate: false, imageModel },
  });

it("sends what nobody expected within a step, with its ids and without secrets or what people wrote", async () => {
  const broken = new DrizzleQueryError(
    "insert into x values ($1)",
    ["a lighthouse-canary"],
    new TypeError("no"),
  );
  broken.message += ` ${env().AUTH_SECRET} https://cdn.example/a.png?signature=canary`;
  const put = vi.spyOn(storage(), "put").mockRejectedValueOnce(broken);
  let jobId = "";
  const events = await eventsOf(async () => {
    const job = await order("draft:storyboard");
    jobId = job.id;
    await waitForJob(studio, job.id, ["completed", "failed"]);
  });
  put.mockRestore();
  expect(events).toHaveLength(1);
  expect(events[0]?.tags).toMatchObject({
    ...{ program: "worker", job: jobId, pipeline: "animated-picture", step: "make the stills" },
    ...{ provider: "draft", attempt: 1 },
  });
  const errors = events[0]?.exception.values ?? [];
  expect(errors.map((error) => error.value)).toEqual(["no", expect.stringContaining("insert into x values")]);
  expect(errors[1]?.stacktrace?.frames.length).toBeGreaterThan(0);
  const sent = ingest.heard.map(({ body }) => body.toString()).join();
  for (const secret of ["lighthouse-canary", env().AUTH_SECRET, "signature=", studio.base.home])
    expect(sent).not.toContain(secret);
});

it("sends nothing of what was worded for people", async () => {
  studio.contract.script({ provider: "replicate", answer: { status: 401, body: { detail: "Bad token" } } });
  const events = await eventsOf(async () => {
    const job = await order("replicate:black-forest-labs/flux-schnell");
    await waitForJob(studio, job.id, ["failed"]);
    reportUnexpected(new DOMException("The user left.", "AbortError"));
  });
  expect(events).toEqual([]);
});

it("sends what an endpoint did not expect, with the id of the request", async () => {
  const open = (thrown: unknown) =>
    endpoint(() => Promise.reject(thrown))(
      new Request("http://localhost/x?token=canary", { headers: { "x-request-id": "req-12345678" } }),
      undefined,
    );
  const events = await eventsOf(async () => {
    expect((await open(new AppError("forbidden", "No."))).status).toBe(403);
    expect((await open(new RangeError("Off by one."))).status).toBe(500);
  });
  expect(events.map(({ tags, exception }) => [tags.request, tags.kind, exception.values[0]?.type])).toEqual([
    ["req-12345678", "endpoint", "RangeError"],
  ]);
});
