import { type Db, schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { noteFailure, openStep, recordReconciliation } from "@/lib/jobs";
import type { JobState } from "@/lib/jobs/schema";

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** A workspace in the middle of its day: jobs in every open state, failed attempts, orders, and a finding. */
export async function addWork(db: Db, workspaceId: string): Promise<void> {
  const add = async (title: string, state: JobState, minutes = 1) => {
    const id = newId("job");
    const row = { id, workspaceId, title, state, pipeline: "animated-picture", input: {} };
    await db.insert(schema.job).values({ ...row, touchedAt: minutesAgo(minutes) });
    return id;
  };
  await add("A harbour at dawn", "queued", 40);
  await add("A night train through the hills", "queued", 12);
  await add("Paper lanterns over the river", "waiting");
  await add("The last lighthouse", "paused");
  const fox = await add("A fox in the snow", "running");

  const fail = async (provider: string, code: "provider_throttled" | "provider_down", name: string) => {
    const ref = { jobId: fox, workspaceId, run: 1, name, subject: "", key: "k", take: 0, position: 0 };
    await openStep(db, ref);
    await noteFailure(db, ref, { code, provider, message: "no", retry: "later" }, new Date());
  };
  await fail("replicate", "provider_throttled", "make the stills");
  await fail("replicate", "provider_throttled", "make the stills");
  await fail("openai", "provider_down", "read the still");

  const order = (state: "accepted" | "uncertain", model: string, minutes: number) => {
    const id = newId("gen");
    return db.insert(schema.generation).values({
      ...{ id, key: id, jobId: fox, workspaceId, state, model, createdAt: minutesAgo(minutes) },
      ...{ stepName: "make the stills", stepKey: "k", part: 0, number: 0, input: {} },
      ...{ capability: "generateImage", provider: model.split(":")[0] ?? "", heldMicros: 40_000 },
    });
  };
  await order("accepted", "replicate:black-forest-labs/flux-schnell", 2);
  await order("uncertain", "openai:gpt-image-2", 25);

  const found = { workspaceId, kind: "restarted" as const, subject: fox, jobId: fox, detail: null };
  await recordReconciliation(db, [found], 33);
  await recordReconciliation(db, [found], 38);
}
