import { db } from "@/lib/db";
import { AppError, toAppError } from "@/lib/errors";
import { keepResult, openStep } from "@/lib/jobs";
import { lookAt, order, reconcileStudio, type Standing } from "@/lib/studio";
import { type Job, orderJob } from "./job";
import { findFaults } from "./judge";
import { Died, type Injection, Life } from "./life";
import type { Errand, Scenario } from "./scenario";
import type { Stage } from "./stage";

const MOST_LOOKS = 4;
const MOST_ATTEMPTS = 20;
/** As many attempts of a step as the engine makes before its job fails. */
const ATTEMPTS_OF_RUN = 6;

export type Trial = {
  life: Life;
  /** What does not hold in the end, in words. */
  faults: string[];
  /** What was charged. */
  chargedMicros: number;
  /** How many orders the step is of. */
  asked: number;
  /** What was held for each order that is not to be paid again. */
  heldOfGivenUp: number[];
  /** How often a person was asked. */
  doubts: number;
};

type Course = { job: Job; errand: Errand; doubts: number; finished: boolean };

let trials = 0;

/** Orders something while one statement of the path breaks down, lets the studio recover, and judges how it stands. */
export async function attempt(stage: Stage, scenario: Scenario, injection?: Injection): Promise<Trial> {
  stage.contract.reset();
  stage.contract.script(...(scenario.script ?? []));
  const before = stage.contract.charges().length;
  const life = new Life(injection);
  const errand = scenario.work(trials++);
  const course: Course = { job: await orderJob(stage), errand, doubts: 0, finished: false };
  const billed = () => stage.contract.charges().length - before;
  const lives = [life];
  for (let n = 0; !course.finished && n < MOST_ATTEMPTS; n++) {
    if (n > 0) await course.job.passTime();
    const current = lives.at(-1) ?? life;
    try {
      await go(scenario, course, current, billed);
    } catch (thrown) {
      if (thrown instanceof Died) lives.push(new Life());
      else await afterFailure(course, thrown, n);
    }
  }
  if (course.finished) await course.job.complete();
  const judged = await findFaults(stage, scenario, { ...course, billed: billed(), injection, life });
  return { life, doubts: course.doubts, ...judged };
}

/** What the engine does with a failed step: it tries again, and at last the job fails; then a person presses Retry. */
async function afterFailure({ job }: Course, thrown: unknown, n: number): Promise<void> {
  const isOver = toAppError(thrown).retry === "never" || n % ATTEMPTS_OF_RUN === ATTEMPTS_OF_RUN - 1;
  if (!isOver) return;
  await job.fail();
  await reconcileStudio();
  await job.retry();
}

async function go(scenario: Scenario, course: Course, life: Life, billed: () => number): Promise<void> {
  if (scenario.forgotten) await life.run(() => forget(course));
  const standing = await life.run(() => make(course));
  if (standing === "made") course.finished = true;
  else if (standing.state === "ended") throw new AppError(standing.error.code, standing.error.message);
  else if (standing.state === "uncertain") {
    course.doubts += 1;
    // People look at their bill.
    await course.job.decide(standing.generationId, billed() > 0 ? "do not pay again" : "order again");
    course.finished = billed() > 0;
  }
}

/** The job fails once all is ordered; what was ordered is left to the reconciler until a person presses Retry. */
async function forget({ errand, job }: Course): Promise<void> {
  for (const [part, ask] of (await errand.asks(job.scope)).entries()) await order(job.scope, part, ask);
  await job.fail();
  await reconcileStudio();
  await job.retry();
}

/** The step of the pipeline: orders, looks until all is there, keeps the result. */
async function make({ errand, job: { scope, ref } }: Course): Promise<Standing | "made"> {
  await openStep(db(), ref);
  const done = [];
  for (const [part, ask] of (await errand.asks(scope)).entries()) {
    let standing = await order(scope, part, ask);
    for (let looks = 0; standing.state === "pending" && looks < MOST_LOOKS; looks++)
      standing = await lookAt(standing.generationId);
    if (standing.state !== "done") return standing;
    done.push(standing);
  }
  await keepResult(db(), ref, await errand.result(scope, done));
  return "made";
}
