import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { findKept, markStep, openStep, type StepRef, tellProgress } from "@/lib/jobs";
import { type JobWait, type StepName, stepId } from "@/lib/jobs/schema";
import { log } from "@/lib/log";
import {
  type Ask,
  type Done,
  type Ended,
  isLocal,
  type LocalWork,
  listTakes,
  makeLocally,
  type OrderWork,
  type Standing,
  type Work,
} from "@/lib/studio";
import { durable, type Run } from "./durable";
import { generate } from "./generation";
import { type Lane, laneOf } from "./lanes";
import { gateDependsOn, type JobToRead, keyOf, type Program, type Subject, type Tools } from "./program";
import { keepAndReplan, priceOfRest } from "./replan";

/** Thrown outside steps when only a person can go on: the run ends, the job rests. */
export class Rest extends Error {
  constructor(readonly wait: JobWait) {
    super(wait.kind);
  }
}

/** The tools that make: each stage as durable steps. The program is read again whenever a result is kept. */
export function toolsFor<I>(run: Run, job: JobToRead, program: Program<I>): Tools {
  let position = 0;

  const refOf = (step: StepName, dependsOn: unknown): StepRef => {
    const { id: jobId, workspaceId } = job;
    return {
      ...step,
      jobId,
      workspaceId,
      run: run.run,
      position: position++,
      ...keyOf(job, step, dependsOn),
    };
  };
  const scopeOf = ({ name, subject, key, take }: StepRef) => {
    const { workspaceId, createdBy: userId, id: jobId } = job;
    return { workspaceId, userId, jobId, name, subject, stepKey: key, take };
  };

  async function step<I, R>(name: string, dependsOn: I, work: Work<I, R>, of?: Subject): Promise<R> {
    const ref = refOf({ name, subject: of?.id ?? "" }, dependsOn);
    const opened = await durable(run, stepId(ref), ref, async () => {
      const kept = await findKept(db(), ref);
      if (kept) return { kept: kept.result as R, asks: [] };
      await openStep(db(), ref);
      const asks = isLocal(work) ? [] : await work.asks(scopeOf(ref), dependsOn);
      return { asks, lane: await laneOf(ref.workspaceId, asks.length) };
    });
    if ("kept" in opened) return opened.kept as R;
    const { result, cap } = isLocal(work)
      ? await makeHere(ref, dependsOn, work)
      : await makeThere(ref, dependsOn, work, opened.asks as Ask[], opened.lane);
    if (cap) throw new Rest({ kind: "cap", ...cap });
    return result as R;
  }

  /** Orders from providers, each order a run of its own, and keeps what they make. */
  async function makeThere<I, R>(ref: StepRef, dependsOn: I, work: OrderWork<I, R>, asks: Ask[], lane: Lane) {
    const scope = scopeOf(ref);
    const id = (part: number) => `${stepId(ref)}: order ${part + 1}`;
    const standings = await allSettled(
      asks.map((ask, part) => generate(run, id(part), { ref, scope, part, ask }, lane)),
    );
    const { made, ended } = sortOut(standings, ref);
    return durable(run, `${stepId(ref)}: keep`, ref, async () => {
      const stands = made.length > 0 && work.fewerWillDo && ended.every(({ final }) => final);
      if (ended[0] && !stands) throw failureOf(ended[0]);
      const result = await work.result(scope, dependsOn, made);
      return { result, cap: await keepAndReplan(run, ref, result, program) };
    });
  }

  /** Makes it on this machine, and keeps it. */
  function makeHere<I, R>(ref: StepRef, dependsOn: I, work: LocalWork<I, R>) {
    const scope = scopeOf(ref);
    return durable(run, `${stepId(ref)}: make`, ref, async (_isWanted, signal) => {
      const progress = tellNow(ref);
      const made = await makeLocally(scope, dependsOn, work, { signal, progress });
      const result = await work.result(scope, dependsOn, made);
      return { result, cap: await keepAndReplan(run, ref, result, program) };
    });
  }

  const each: Tools["each"] = (items, make) => allSettled(items.map(make));

  const choose: Tools["choose"] = async (name, { step: from, latest }, automatically) => {
    const id = { name, subject: "" };
    const chosen = job.choices[stepId(id)] || undefined;
    const ref = refOf(id, gateDependsOn(latest, chosen, automatically));
    const gate = await durable(run, name, ref, async () => {
      const options = await listTakes(scopeOf(ref), { name: from, subject: "" });
      const wanted = chosen && options.includes(chosen) ? chosen : undefined;
      const picked = wanted ?? (automatically || options.length <= 1 ? latest[0] : undefined);
      await openStep(db(), ref);
      await (picked ? keepAndReplan(run, ref, { chosen: picked }, program) : markStep(db(), ref, "waiting"));
      return { picked, options };
    });
    if (!gate.picked) throw new Rest({ kind: "choice", ...id, options: gate.options });
    return gate.picked;
  };

  const approve: Tools["approve"] = async (name, what) => {
    const id = { name, subject: "" };
    const ref = refOf(id, what);
    const gate = await durable(run, name, ref, async () => {
      await openStep(db(), ref);
      if (job.choices[stepId(id)] === ref.key) {
        await keepAndReplan(run, ref, { approved: true }, program);
        return { approved: true, upToMicros: 0 };
      }
      await markStep(db(), ref, "waiting");
      return { approved: false, upToMicros: await priceOfRest(run, program) };
    });
    if (!gate.approved)
      throw new Rest({ kind: "approval", ...id, key: ref.key, upToMicros: gate.upToMicros });
  };

  return { step, each, choose, approve };
}

const BETWEEN_TOLD_MS = 1_000;

/** Tells a step's progress, at most once a second; should that fail, the work goes on. */
function tellNow(ref: StepRef): (share: number) => void {
  let told = 0;
  return (share) => {
    const now = performance.now();
    if (now - told < BETWEEN_TOLD_MS) return;
    told = now;
    tellProgress(db(), ref, Math.min(1, Math.max(0, share))).catch((err) =>
      log.warn({ err }, "progress could not be told"),
    );
  };
}

/** Waits for all of them, so that nothing under way is dropped; then throws what most needs to be heard. */
async function allSettled<T>(promises: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  const reasons = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  if (reasons.length > 0) throw reasons.find((reason) => !(reason instanceof Rest)) ?? reasons[0];
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** What came, and what did not; rests when an order waits for a person. */
function sortOut(standings: Standing[], { name, subject }: StepName): { made: Done[]; ended: Ended[] } {
  const doubt = standings.find((one) => one.state === "uncertain");
  if (doubt) {
    const { state: _, ...order } = doubt;
    throw new Rest({ kind: "uncertain", name, subject, ...order });
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
