import { eq, sql } from "drizzle-orm";
import { db, schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { beginRun, completeJob, createJob, failJob, lockJob, restartJob, type StepRef } from "@/lib/jobs";
import { giveUp, holdForJob, releaseJob, type Scope, type Verdict } from "@/lib/studio";
import type { Stage } from "./stage";

const STEP = "make it";
const STEP_KEY = "the key of this step";
const RESERVED_MICROS = 2_000_000;

/** A job of one step, and what the engine and people do with it. */
export type Job = {
  id: string;
  scope: Scope;
  ref: StepRef;
  /** The run has failed for good: no more attempts. */
  fail(): Promise<void>;
  /** A person presses Retry. */
  retry(): Promise<void>;
  /** A person decides about an order in doubt, and the job goes on. */
  decide(generationId: string, verdict: Verdict): Promise<void>;
  complete(): Promise<void>;
  /** What is waited for has come: every pause of its orders is over. */
  passTime(): Promise<void>;
};

export async function orderJob({ team }: Stage): Promise<Job> {
  const { workspaceId, editor } = team;
  const id = newId("job");
  const purse = { workspaceId, jobId: id };
  let run = 1;
  await db().transaction(async (tx) => {
    await holdForJob(tx, purse, run, RESERVED_MICROS);
    const input = {};
    const about = { pipeline: "animated-picture" as const, title: "a walk", plan: [], draft: false };
    await createJob(tx, editor, { ...about, id, input, sample: false, wait: null });
  });
  await beginRun(db(), id, run);
  const end = (move: typeof completeJob) =>
    db().transaction(async (tx) => {
      if (await move(tx, id, run)) await releaseJob(tx, purse, run);
    });
  const again = async () => {
    await db().transaction(async (tx) => restartJob(tx, await lockJob(tx, editor, id)));
    run += 1;
    await beginRun(db(), id, run);
  };
  const step = { jobId: id, workspaceId, name: STEP, subject: "", take: 0 };
  return {
    id,
    scope: { ...step, userId: editor.userId, stepKey: STEP_KEY },
    ref: { ...step, run, key: STEP_KEY, position: 0 },
    fail: () =>
      end((tx) => failJob(tx, id, run, { code: "internal", message: "It failed.", retry: "later" })),
    retry: again,
    async decide(generationId, verdict) {
      await db().transaction((tx) => giveUp(tx, id, generationId, verdict));
      await again();
    },
    complete: () => end(completeJob),
    async passTime() {
      const { generation } = schema;
      const past = { lookAt: sql`least(${generation.lookAt}, now() - interval '1 second')` };
      await db().update(generation).set(past).where(eq(generation.jobId, id));
    },
  };
}
