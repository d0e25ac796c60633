import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cancelJob, submitJob } from "@/inngest";
import { env } from "@/lib/env";
import { startTelemetry, stopTelemetry } from "@/lib/telemetry";
import { type Listener, listen } from "../support/listener";
import { setEnv, startStudio, type TestStudio, waitForJob } from "../support/studio";

type Value = { stringValue?: string; intValue?: number; boolValue?: boolean };
type Span = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: Value }[];
  status: { code?: number };
};

let studio: TestStudio;
let collector: Listener;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
beforeEach(async () => {
  collector = await listen();
  setEnv({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20collector-canary",
  });
});
afterEach(async () => {
  await stopTelemetry();
  collector.stop();
  for (const name of ["ENDPOINT", "PROTOCOL", "HEADERS"] as const) {
    delete process.env[`OTEL_EXPORTER_OTLP_${name}`];
    env()[`OTEL_EXPORTER_OTLP_${name}`] = undefined;
  }
  studio.contract.reset();
});

const attributesOf = (span: Span | undefined) =>
  Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0] as unknown]),
  );

/** Ends the traces, and reads what came to the collector. */
async function received(): Promise<Span[]> {
  await stopTelemetry();
  return collector.heard.flatMap(({ body }) =>
    JSON.parse(body.toString()).resourceSpans.flatMap((resource: { scopeSpans: { spans: Span[] }[] }) =>
      resource.scopeSpans.flatMap((scope) => scope.spans),
    ),
  );
}

const PROMPT = "a lighthouse-canary in the storm";
const order = (input: Record<string, unknown> = {}) =>
  submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: PROMPT, count: 1, animate: false, ...input },
  });
const PAID = { imageModel: "replicate:black-forest-labs/flux-schnell", visionModel: "openai:gpt-6-luna" };

describe("with a collector", () => {
  it("tells of the run, its steps and its provider requests, in one trace, and of nothing that was said", async () => {
    await startTelemetry("worker");
    const job = await order(PAID);
    await waitForJob(studio, job.id, ["completed"]);
    // The run's own span is made after the row that was waited for.
    await expect.poll(() => traced(job.id), { timeout: 20_000 }).toBe(true);
    const spans = await received();
    const ours = spans.filter((span) => attributesOf(span)["kinora.job"] === job.id);
    const run = ours.find((span) => span.name === "run animated-picture");
    expect(attributesOf(run)).toMatchObject({ "kinora.state": "completed", "kinora.run": 1 });
    expect(new Set(ours.map((span) => span.traceId))).toEqual(new Set([run?.traceId]));
    expect(BigInt(run?.endTimeUnixNano ?? 0) > BigInt(run?.startTimeUnixNano ?? 0)).toBe(true);

    const steps = ours.filter((span) => span.parentSpanId === run?.spanId);
    const names = steps.map((span) => span.name);
    expect(names).toEqual(
      expect.arrayContaining([
        "make the stills",
        "make the stills: order 1",
        "make the stills: keep",
        "finish",
      ]),
    );
    const ordered = steps.find((span) => span.name === "make the stills: order 1");
    expect(attributesOf(ordered)).toMatchObject({
      "kinora.step": "make the stills",
      "kinora.pipeline": "animated-picture",
      "kinora.attempt": 1,
    });
    const request = ours.find((span) => span.name === "replicate POST");
    expect(request?.parentSpanId).toBe(ordered?.spanId);
    expect(attributesOf(request)).toMatchObject({
      "kinora.provider": "replicate",
      "kinora.capability": "generateImage",
      "kinora.paid": true,
      "http.response.status_code": 201,
    });
    expect(ours.map((span) => span.name)).toContain("replicate download");
    expect(ours.map((span) => span.name)).toContain("openai POST");

    expect(collector.heard[0]).toMatchObject({
      path: "/v1/traces",
      headers: { authorization: "Bearer collector-canary" },
    });
    const said = collector.heard.map(({ body }) => body.toString()).join("\n");
    const keys = [env().REPLICATE_API_TOKEN, env().OPENAI_API_KEY, env().AUTH_SECRET, "collector-canary"];
    for (const secret of ["lighthouse-canary", "://", "?", ...keys]) expect(said).not.toContain(secret);
  });

  it("marks what failed by its code, and a canceled run as canceled", async () => {
    await startTelemetry("worker");
    const body = { title: "Unauthenticated", detail: `Bad token ${env().REPLICATE_API_TOKEN}`, status: 401 };
    studio.contract.script({ provider: "replicate", answer: { status: 401, body } });
    const job = await order(PAID);
    await waitForJob(studio, job.id, ["failed"]);
    await expect.poll(() => traced(job.id), { timeout: 20_000 }).toBe(true);
    studio.contract.script({ provider: "replicate", fate: { seconds: 60 } });
    const slow = await order(PAID);
    await waitForJob(studio, slow.id, ["running"]);
    await cancelJob(studio.team.editor, slow.id);
    const spans = await received();
    const of = (id: string, name: string) =>
      spans.filter((span) => attributesOf(span)["kinora.job"] === id && span.name === name);
    const failed = { "error.type": "provider_auth" };
    for (const name of ["run animated-picture", "replicate POST"]) {
      expect(attributesOf(of(job.id, name)[0]), name).toMatchObject(failed);
      expect(of(job.id, name)[0]?.status.code, name).toBe(2);
    }
    const ends = of(slow.id, "run animated-picture").map((span) => attributesOf(span)["kinora.state"]);
    expect(ends).toEqual(["canceled"]);
    const said = collector.heard.map((one) => one.body.toString()).join("\n");
    expect(said).not.toContain(env().REPLICATE_API_TOKEN);
  });

  it("speaks protobuf unless told otherwise", async () => {
    delete process.env.OTEL_EXPORTER_OTLP_PROTOCOL;
    env().OTEL_EXPORTER_OTLP_PROTOCOL = undefined;
    await startTelemetry("worker");
    const job = await order({ imageModel: "draft:storyboard" });
    await waitForJob(studio, job.id, ["completed"]);
    await stopTelemetry();
    expect(collector.heard[0]?.headers["content-type"]).toBe("application/x-protobuf");
    expect(collector.heard.some(({ body }) => body.includes("make the stills"))).toBe(true);
  });
});

it("makes jobs while the collector is away", async () => {
  setEnv({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  await startTelemetry("worker");
  const job = await order({ imageModel: "draft:storyboard" });
  expect((await waitForJob(studio, job.id, ["completed", "failed"])).state).toBe("completed");
});

/** The embedded engine runs here, so the span of the run's end is there once the engine has no run of it any more. */
async function traced(jobId: string): Promise<boolean> {
  const [row] = await studio.base.sql`
    select count(*)::int as open from engine.run where state = 'running' and events like ${`%${jobId}%`}`;
  return row?.open === 0;
}
