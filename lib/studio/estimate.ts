import { and, eq, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import type { PlannedStep } from "@/lib/jobs/schema";
import { quoteAsk, type Scope } from "./ask";
import { requireModel } from "./models";
import { isLocal, type Work } from "./work";

const { generation } = schema;

/**
 * What a step will probably cost, in micro-dollars, and take, in seconds; its orders go out together. `orderable`:
 * throws `not_configured` or `bad_input` where one of its models cannot be ordered here.
 */
export async function estimate<I>(
  scope: Scope,
  input: I,
  work: Work<I, unknown>,
  { orderable = false } = {},
): Promise<Pick<PlannedStep, "kind" | "model" | "lowMicros" | "highMicros" | "seconds">> {
  if (isLocal(work))
    return { kind: "local", model: null, lowMicros: 0, highMicros: 0, seconds: work.seconds(input) };
  const asks = await work.asks(scope, input);
  if (orderable) for (const { capability, model } of asks) requireModel(capability, model);
  const quotes = asks.map(quoteAsk);
  return {
    kind: "order",
    model: asks[0]?.model ?? null,
    lowMicros: quotes.reduce((sum, one) => sum + one.lowMicros, 0),
    highMicros: quotes.reduce((sum, one) => sum + one.highMicros, 0),
    seconds: Math.max(0, ...quotes.map((one) => one.seconds)),
  };
}

/** What is still to be reserved for the steps of a plan: what was ordered for them has its own hold, or is charged. */
export async function neededFor(tx: Tx, jobId: string, plan: PlannedStep[]): Promise<number> {
  const toMake = plan.filter((step) => !step.made && step.highMicros > 0);
  if (toMake.length === 0) return 0;
  const { stepName, subject, stepKey, heldMicros, costMicros, settledAt } = generation;
  const rows = await tx
    .select({
      ...{ stepName, subject, stepKey },
      micros: sql<number>`sum(case when ${settledAt} is null and ${costMicros} = 0 then ${heldMicros} else ${costMicros} end)::float8`,
    })
    .from(generation)
    .where(and(eq(generation.jobId, jobId), sql`state not in ('abandoned')`))
    .groupBy(stepName, subject, stepKey);
  const ordered = (step: PlannedStep) =>
    rows.find((row) => row.stepKey === step.key && row.stepName === step.name && row.subject === step.subject)
      ?.micros ?? 0;
  return toMake.reduce((sum, step) => sum + Math.max(0, step.highMicros - ordered(step)), 0);
}
