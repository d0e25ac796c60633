import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { contentHash } from "@/lib/ids";
import { findKept, type JobRow, keepResult, markStep, openStep, type StepRef } from "@/lib/jobs";
import type { JobWait } from "@/lib/jobs/schema";
import { type Done, type Ended, listTakes, lookAt, order, type Standing, type Work } from "@/lib/studio";
import { durable, type Run } from "./durable";
import { generationMoved } from "./events";

/** What a run needs to know of its job. */
export type JobOfRun = Pick<JobRow, "id" | "workspaceId" | "createdBy" | "takes" | "choices">;

/** Thrown outside steps when only a person can go on: the run ends, the job rests. */
export class Rest extends Error {
  constructor(readonly wait: JobWait) {
    super(wait.kind);
  }
}

/** With waits of up to a minute: about six hours. What was ordered is still fetched after that, by the reconciler. */
const MAX_LOOKS = 400;

/** What a pipeline is written with. */
export type Tools = ReturnType<typeof toolsFor>;

export function toolsFor(run: Run, job: JobOfRun) {
  let position = 0;

  const refOf = (label: string, dependsOn: unknown): StepRef => {
    const take = job.takes[label] ?? 0;
    const key = contentHash([dependsOn, take]);
    return {
      jobId: job.id,
      workspaceId: job.workspaceId,
      run: run.run,
      label,
      key,
      take,
      position: position++,
    };
  };
  const scopeOf = ({ label, key, take }: StepRef) => {
    return { workspaceId: job.workspaceId, userId: job.createdBy, jobId: job.id, label, stepKey: key, take };
  };

  /** One stage of the pipeline. Its result is kept under what it depends on; only what is missing is made. */
  async function step<I, R>(label: string, dependsOn: I, work: Work<I, R>): Promise<R> {
    const ref = refOf(label, dependsOn);
    const scope = scopeOf(ref);
    const opened = await durable(run, label, ref, async () => {
      const kept = await findKept(db(), ref);
      if (kept) return { kept: kept.result as R };
      await openStep(db(), ref);
      return { parts: (await work.asks(scope, dependsOn)).length };
    });
    if ("kept" in opened) return opened.kept as R;
    const parts = Array.from({ length: opened.parts }, (_, part) => part);
    const { made, ended } = await allDone(
      parts.map((part) => produce(ref, part, dependsOn, work)),
      label,
    );
    return durable(run, `${label}: keep`, ref, async () => {
      const stands = made.length > 0 && work.fewerWillDo && ended.every(({ final }) => final);
      if (ended[0] && !stands) throw failureOf(ended[0]);
      const result = await work.result(scope, dependsOn, made);
      await keepResult(db(), ref, result);
      return result;
    });
  }

  /** Orders one part, then sleeps between looks until it is there. */
  async function produce<I, R>(
    ref: StepRef,
    part: number,
    dependsOn: I,
    work: Work<I, R>,
  ): Promise<Standing> {
    const id = (what: string) => `${ref.label}: ${what} ${part + 1}`;
    let standing = await durable<Standing>(run, id("order"), ref, async () => {
      const ask = (await work.asks(scopeOf(ref), dependsOn))[part];
      if (!ask) throw new AppError("internal", `Part ${part + 1} of “${ref.label}” is missing.`);
      return order(scopeOf(ref), part, ask);
    });
    for (let n = 1; standing.state === "pending"; n++) {
      const { generationId, lookInSeconds } = standing;
      if (n > MAX_LOOKS) throw new Error(`“${ref.label}” was not finished by its provider within six hours.`);
      await run.tools.waitForEvent(`${id("wait")}.${n}`, {
        event: generationMoved,
        timeout: `${Math.max(1, Math.ceil(lookInSeconds))}s`,
        if: `async.data.generationId == '${generationId}'`,
      });
      standing = await durable<Standing>(run, `${id("look")}.${n}`, ref, () => lookAt(generationId));
    }
    return standing;
  }

  /** A gate: one of the pictures made so far, chosen by a person, or the first where nobody needs to be asked. */
  async function choose(label: string, from: { step: string; latest: string[] }, automatically: boolean) {
    const chosen = job.choices[label];
    const ref = refOf(label, [from.latest, chosen ?? null, automatically]);
    const gate = await durable(run, label, ref, async () => {
      const options = await listTakes(scopeOf(ref), from.step);
      const wanted = chosen && options.includes(chosen) ? chosen : undefined;
      const picked = wanted ?? (automatically || options.length <= 1 ? from.latest[0] : undefined);
      await openStep(db(), ref);
      await (picked ? keepResult(db(), ref, { chosen: picked }) : markStep(db(), ref, "waiting"));
      return { picked, options };
    });
    if (!gate.picked) throw new Rest({ kind: "choice", label, options: gate.options });
    return gate.picked;
  }

  return { step, choose };
}

/** Waits for every part, so that nothing under way is dropped; then rests if one of them waits for a person. */
async function allDone(parts: Promise<Standing>[], label: string): Promise<{ made: Done[]; ended: Ended[] }> {
  const settled = await Promise.allSettled(parts);
  const failed = settled.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
  const standings = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const doubts = standings.filter((one) => one.state === "uncertain");
  if (doubts[0]) {
    const { generationId, provider, model, costMicros } = doubts[0];
    throw new Rest({ kind: "uncertain", label, generationId, provider, model, costMicros });
  }
  const capped = standings.find((one) => one.state === "capped");
  if (capped) throw new Rest({ kind: "cap", ...capped.cap });
  return {
    made: standings.filter((one) => one.state === "done"),
    ended: standings.filter((one) => one.state === "ended"),
  };
}

function failureOf({ error: { code, message, ...more } }: Ended): AppError {
  return new AppError(code, message, { ...more, retry: "never" });
}
