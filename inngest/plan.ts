import type { KeptStep } from "@/lib/jobs";
import { type PlannedStep, stepId } from "@/lib/jobs/schema";
import { estimate, type Work } from "@/lib/studio";
import { gateDependsOn, type JobToRead, keyOf, type Program, type Subject, type Tools } from "./program";

/** The steps of a program in its order, and the seconds that those take which are not made. */
export type Plan = { steps: PlannedStep[]; seconds: number };

/** How many of `each` are made side by side, for the time they take together. */
const LANES = 4;

/**
 * Reads a program without running it: what is kept is looked up, all else is priced and forecast, so that it goes on
 * to its end. `orderable`: throws where something that is to be made cannot be ordered here.
 */
export async function plan<I>(
  program: Program<I>,
  job: JobToRead & { input: I },
  kept: KeptStep[] = [],
  options: { orderable?: boolean } = {},
): Promise<Plan> {
  const results = new Map(kept.map((step) => [`${stepId(step)} ${step.key}`, step.result]));
  const steps: PlannedStep[] = [];
  let seconds = 0;

  async function step<I, R>(name: string, dependsOn: I, work: Work<I, R>, of?: Subject): Promise<R> {
    const id = { name, subject: of?.id ?? "" };
    const { take, key } = keyOf(job, id, dependsOn);
    const place = `${stepId(id)} ${key}`;
    const made = results.has(place);
    const scope = { ...id, workspaceId: job.workspaceId, userId: job.createdBy, jobId: job.id };
    const priced = await estimate({ ...scope, stepKey: key, take }, dependsOn, work, {
      orderable: options.orderable && !made,
    });
    const { repeatable = false } = work;
    steps.push({ ...id, title: of?.title ?? "", key, ...priced, repeatable, made });
    if (made) return results.get(place) as R;
    seconds += priced.seconds;
    return work.forecast(dependsOn);
  }

  /** One after the other, so that a plan is always the same; the time is that of several lanes. */
  const each: Tools["each"] = async (items, make) => {
    const begun = seconds;
    const came = [];
    let longest = 0;
    let together = 0;
    for (const [index, item] of items.entries()) {
      seconds = 0;
      came.push(await make(item, index));
      longest = Math.max(longest, seconds);
      together += seconds;
    }
    seconds = begun + Math.max(longest, together / LANES);
    return came;
  };

  const choose: Tools["choose"] = async (name, { step: from, latest }, automatically) => {
    const id = { name, subject: "" };
    const chosen = job.choices[stepId(id)] || undefined;
    const { key } = keyOf(job, id, gateDependsOn(latest, chosen, automatically));
    const made = results.has(`${stepId(id)} ${key}`);
    const free = { model: null, lowMicros: 0, highMicros: 0, seconds: 0, repeatable: false };
    steps.push({ ...id, title: "", kind: "gate", key, ...free, made, from: { name: from, subject: "" } });
    return chosen ?? latest[0] ?? "";
  };

  const approve: Tools["approve"] = async (name, what) => {
    const id = { name, subject: "" };
    const { key } = keyOf(job, id, what);
    const made = results.has(`${stepId(id)} ${key}`);
    const free = { model: null, lowMicros: 0, highMicros: 0, seconds: 0, repeatable: false };
    steps.push({ ...id, title: "", kind: "gate", key, ...free, made });
  };

  await program({ input: job.input, step, each, choose, approve });
  return { steps, seconds };
}

/** What is to be made of a plan costs so much, low and high. */
export function priceOf(steps: PlannedStep[]): { lowMicros: number; highMicros: number } {
  const toMake = steps.filter((step) => !step.made);
  return {
    lowMicros: toMake.reduce((sum, step) => sum + step.lowMicros, 0),
    highMicros: toMake.reduce((sum, step) => sum + step.highMicros, 0),
  };
}
