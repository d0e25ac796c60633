import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { noteFailure, openStep } from "@/lib/jobs";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam } from "../support/people";
import { setEnv } from "../support/studio";

const TOKEN = "a token for the tests of metrics";
let base: TestDatabase;
let GET: (request: Request, context: unknown) => Promise<Response>;
beforeAll(async () => {
  base = await createDatabase();
  ({ GET } = await import("@/app/metrics/route"));
});
afterAll(() => base.drop());

async function ask(authorization?: string) {
  const headers: HeadersInit = authorization ? { authorization } : {};
  const response = await GET(new Request("http://localhost/metrics", { headers }), undefined);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

it("does not exist without a token, and refuses a wrong one", async () => {
  expect((await ask(`Bearer ${TOKEN}`)).status).toBe(404);
  setEnv({ METRICS_TOKEN: TOKEN });
  for (const wrong of [undefined, "", TOKEN, `Basic ${TOKEN}`, `Bearer ${TOKEN}x`, "Bearer "])
    expect((await ask(wrong)).status, wrong).toBe(401);
});

it("tells the queue, failures, orders, money and the process in Prometheus' format", async () => {
  setEnv({ METRICS_TOKEN: TOKEN });
  const { workspaceId } = await addTeam(base.db, "metered");
  const jobs = ["queued", "queued", "running", "waiting", "completed", "running"] as const;
  const ids = jobs.map(() => newId("job"));
  const touchedAt = new Date(Date.now() - 200_000);
  await base.db.insert(schema.job).values(
    jobs.map((state, index) => {
      const id = ids[index] ?? "";
      return {
        id,
        workspaceId,
        state,
        touchedAt,
        pipeline: "animated-picture",
        title: "secret title",
        input: {},
      };
    }),
  );
  const jobId = ids[2] ?? "";
  await base.db.insert(schema.generation).values({
    ...{ id: newId("gen"), jobId, workspaceId, key: "k1", state: "accepted", input: {}, heldMicros: 5 },
    ...{ stepName: "s", stepKey: "k", part: 0, number: 0, capability: "generateImage" },
    ...{ provider: "replicate", model: "replicate:x" },
  });
  await base.db
    .insert(schema.budget)
    .values({ workspaceId, month: "2026-01", heldMicros: 5, chargedMicros: 77 });
  const ref = { jobId, workspaceId, run: 1, name: "s", subject: "", key: "k", take: 0, position: 0 };
  await openStep(base.db, ref);
  const error = { code: "provider_down", message: "m", provider: "replicate", retry: "later" } as const;
  await noteFailure(base.db, ref, error, new Date());

  const { status, type, text } = await ask(`Bearer ${TOKEN}`);
  expect([status, type]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  const lines = text.split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      'kinora_jobs{state="queued"} 2',
      'kinora_jobs{state="waiting"} 1',
      'kinora_jobs{state="completed"} 1',
      'kinora_jobs{state="failed"} 0',
      "kinora_queue_depth 2",
      "kinora_runs 2",
      // Of the four that are silent, two are in line and one is about to try again.
      "kinora_runs_stalled 1",
      "kinora_workers 0",
      "kinora_reconciler_last_look_seconds 0",
      'kinora_step_failures_last_hour{provider="replicate",code="provider_down"} 1',
      'kinora_generations{provider="replicate",state="accepted"} 1',
      "kinora_charged_micros_total 77",
      "kinora_held_micros 5",
    ]),
  );
  const read = (name: string) => Number(lines.find((line) => line.startsWith(`${name} `))?.split(" ")[1]);
  expect(read("kinora_queue_oldest_seconds")).toBeGreaterThan(195);
  expect(read("process_resident_memory_bytes")).toBeGreaterThan(1e6);
  expect(read("nodejs_eventloop_lag_p99_seconds")).toBeGreaterThanOrEqual(0);
  for (const line of lines.filter((one) => one !== ""))
    expect(line).toMatch(
      /^(# (HELP|TYPE) [a-z_:0-9]+ .+|[a-z_:0-9]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? \S+)$/i,
    );
  expect(text).not.toContain("secret title");
});
