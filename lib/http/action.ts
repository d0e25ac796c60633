import type { z } from "zod";
import { type KnownCaller, requireCaller } from "@/lib/auth";
import { type ActionResult, toRecord } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { log, withLogIds } from "@/lib/log";
import { reportUnexpected } from "@/lib/telemetry";
import { validate } from "@/lib/validate";
import { toDoorError } from "./door-error";

/** The first door: a server action of a workspace. Validates, finds the caller, converts errors. */
export function action<S extends z.ZodType, T>(
  schema: S,
  handle: (order: { caller: KnownCaller; input: z.output<S> }) => Promise<T>,
): (slug: string, input: z.input<S>) => Promise<ActionResult<T>> {
  return (slug, input) =>
    answer(async () => handle({ caller: await requireCaller(slug), input: validate(schema, input) }));
}

/** A server action for people who have no workspace yet: setup, sign-in, invitations, the account. */
export function publicAction<S extends z.ZodType, T>(
  schema: S,
  handle: (order: { input: z.output<S> }) => Promise<T>,
): (input: z.input<S>) => Promise<ActionResult<T>> {
  return (input) => answer(async () => handle({ input: validate(schema, input) }));
}

function answer<T>(run: () => Promise<T>): Promise<ActionResult<T>> {
  return withLogIds({ request: newId("req") }, () => convert(run));
}

async function convert<T>(run: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await run() };
  } catch (thrown) {
    if (isFrameworkSignal(thrown)) throw thrown;
    const error = toDoorError(thrown);
    if (error.code === "internal") log.error({ err: thrown }, "action failed");
    reportUnexpected(thrown, { kind: "action" });
    return { ok: false, error: { ...toRecord(error), fields: error.fields } };
  }
}

/** redirect() and notFound() of Next travel as thrown values with a digest. */
function isFrameworkSignal(thrown: unknown): boolean {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "digest" in thrown &&
    typeof thrown.digest === "string" &&
    thrown.digest.startsWith("NEXT_")
  );
}
