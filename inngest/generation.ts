import { engineKind, env } from "@/lib/env";
import type { StepRef } from "@/lib/jobs";
import { type Pipeline, stepId } from "@/lib/jobs/schema";
import {
  type Ask,
  listProviders,
  lookAt,
  order,
  providerOfModel,
  type Scope,
  type Standing,
} from "@/lib/studio";
import { inngest } from "./client";
import { durable, RETRIES, type Run, RunOver } from "./durable";
import { generationMoved } from "./events";
import { type Lane, throttleOf } from "./lanes";

/** With waits of up to a minute: about six hours. What was ordered is still fetched after that, by the reconciler. */
const MAX_LOOKS = 400;

/** One part of a step, as the run that asks for it hands it over. Within an object: its job has other runs too. */
type Wanted = { ref: StepRef; pipeline: Pipeline; scope: Scope; part: number; ask: Ask };

/**
 * One order of one capability, as a run of its own: it orders, looks, waits and collects. So a job of any size stays
 * far below the steps that a run may have, what is paid for is fetched though its job was canceled, and each provider is
 * asked no faster than it may be, no workspace keeping all of it to itself.
 */
export const generations = listProviders().map(({ id, limits: { atOnce, perMinute } }) =>
  inngest.createFunction(
    {
      id: `generation-${id}`,
      retries: RETRIES,
      concurrency: [
        { key: `"${id}"`, limit: atOnce },
        { key: "event.data.workspaceId", limit: share(atOnce) },
      ],
      ...(perMinute && { throttle: throttleOf(perMinute) }),
    },
    async ({ event, step, attempt, maxAttempts = RETRIES + 1 }): Promise<Standing | { state: "over" }> => {
      const { wanted } = event.data as { wanted: Wanted };
      const { ref, pipeline } = wanted;
      const run: Run = { jobId: ref.jobId, run: ref.run, pipeline, attempt, maxAttempts, tools: step };
      try {
        return await make(run, wanted);
      } catch (thrown) {
        if (thrown instanceof RunOver) return { state: "over" };
        throw thrown;
      }
    },
  ),
);

/** Of what may go on at once one workspace gets all but one: the next of another is never behind all of its orders. */
function share(atOnce: number): number {
  const most = engineKind() === "embedded" ? Math.min(atOnce, env().WORKER_CONCURRENCY) : atOnce;
  return Math.max(1, most - 1);
}

/** Asks for a generation from within another run, and waits for how it stands in the end. */
export async function generate(
  run: Run,
  id: string,
  wanted: Omit<Wanted, "pipeline">,
  lane: Lane,
): Promise<Standing> {
  const provider = providerOfModel(wanted.ask.model);
  const fn = generations[listProviders().findIndex((one) => one.id === provider)];
  if (!fn) throw new Error(`there is no function for ${provider}`);
  const { workspaceId } = wanted.scope;
  const data = { workspaceId, lane, wanted: { ...wanted, pipeline: run.pipeline } };
  const standing = (await run.tools.invoke(id, { function: fn, data })) as Standing | { state: "over" };
  if (standing.state === "over") throw new RunOver();
  return standing;
}

/** Orders, then sleeps between looks until it is there. What was ordered is waited for whatever becomes of the job. */
async function make(run: Run, { ref, scope, part, ask }: Wanted): Promise<Standing> {
  const id = (what: string) => `${stepId(ref)}: ${what} ${part + 1}`;
  let standing = await durable<Standing>(run, id("order"), ref, () => order(scope, part, ask));
  for (let n = 1; standing.state === "pending"; n++) {
    const { generationId, lookInSeconds } = standing;
    if (n > MAX_LOOKS) throw new Error(`“${ref.name}” was not finished by its provider within six hours.`);
    await run.tools.waitForEvent(`${id("wait")}.${n}`, {
      event: generationMoved,
      timeout: `${Math.max(1, Math.ceil(lookInSeconds))}s`,
      if: `async.data.generationId == '${generationId}'`,
    });
    const goesOn = { whateverBecomesOfTheJob: true };
    const look = (isWanted: boolean) => lookAt(generationId, { isWanted });
    standing = await durable<Standing>(run, `${id("look")}.${n}`, ref, look, goesOn);
  }
  return standing;
}
