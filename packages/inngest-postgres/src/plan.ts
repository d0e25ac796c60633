import type { Sql } from "postgres";
import { delayMs } from "./duration";
import { newUlid, type StoredEvent, storeEvent } from "./events";
import { type Listening, listenFor } from "./listening";
import { INTERNAL, LIMITS, type Op, type SerializedError } from "./protocol";
import { toWellFormed } from "./text";

/** A step that a run begins to wait for, as `engine.plan` takes it. */
type Planned = {
  id: string;
  op: string;
  name: string;
  delay_ms: number | null;
  race: boolean;
  coalesced: boolean;
} & Partial<Listening>;

const NAMES: Record<string, string> = {
  AIGateway: "step.ai.infer",
  Gateway: "step.fetch",
  WaitForSignal: "step.waitForSignal",
  DeferAdd: "defer",
  DeferAbort: "defer",
};

const PLANNABLE = new Set(["StepPlanned", "Sleep", "InvokeFunction", "WaitForEvent"]);

/** Why this engine does not do what a function asked for; undefined for what it does. */
export function refusalOf(op: Op): SerializedError | undefined {
  const name = toWellFormed(op.displayName ?? op.name ?? op.id);
  const refuse = (what: string) => ({
    name: "UnsupportedStep",
    message: `The embedded engine does not do ${what} (step "${name}"). Use step.run, or an Inngest server.`,
  });
  if (!PLANNABLE.has(op.op)) return refuse(NAMES[op.op] ?? op.op);
  if (op.op === "WaitForEvent" && op.name?.includes("*")) return refuse("waits for a wildcard");
  return undefined;
}

/** Notes what the run waits for from now on. False when the lease is no longer held. */
export async function plan(
  sql: Sql,
  run: { id: string; generation: number; events: string },
  ops: Op[],
): Promise<boolean> {
  // As Inngest has it: the function is called again when all that it planned together is done.
  const coalesced = ops.length > 1;
  const [trigger] = JSON.parse(run.events) as unknown[];
  const planned = ops.map((op, position) => ({
    ...planOne(op, trigger),
    position,
    race: op.opts?.parallelMode === "race",
    coalesced,
  }));
  const events = ops.filter((op) => op.op === "InvokeFunction").map((op) => invocationOf(run.id, op));
  const [row] = await sql<{ done: boolean }[]>`
    select engine.plan(${run.id}, ${run.generation}, ${JSON.stringify(planned)}::text::json,
      ${JSON.stringify(events)}::text::json) as done`;
  return row?.done ?? false;
}

function planOne(op: Op, trigger: unknown): Omit<Planned, "race" | "coalesced"> {
  const name = toWellFormed((op.displayName ?? op.name ?? op.id).slice(0, LIMITS.nameLength));
  const base = { id: op.id, op: op.op, name };
  const timeout = typeof op.opts?.timeout === "string" ? delayMs(op.opts.timeout) : null;
  switch (op.op) {
    case "StepPlanned":
      return { ...base, delay_ms: 0 };
    case "Sleep":
      return { ...base, delay_ms: delayMs(op.name ?? "") };
    case "InvokeFunction":
      return { ...base, delay_ms: timeout };
    case "WaitForEvent": {
      const source = typeof op.opts?.if === "string" ? op.opts.if : undefined;
      return { ...base, name: eventNameOf(op), delay_ms: timeout, ...listenFor(source, trigger) };
    }
    default:
      throw new RangeError(`The op "${op.op}" cannot be planned.`);
  }
}

/** No event has a longer name; one that is waited for would not fit into an index. */
function eventNameOf(op: Op): string {
  const name = toWellFormed(op.name ?? "");
  if (name.length > LIMITS.nameLength) {
    throw new RangeError(`The name of an event has ${LIMITS.nameLength} characters at most.`);
  }
  return name;
}

/** The event that starts an invoked function; its id makes a repeated answer start it once. */
function invocationOf(runId: string, op: Op): StoredEvent {
  const payload = (op.opts?.payload ?? {}) as {
    data?: Record<string, unknown>;
    user?: Record<string, unknown>;
  };
  const correlation = `${runId}.${op.id}`;
  const data = { ...payload.data, _inngest: { fn_id: op.opts?.function_id, correlation_id: correlation } };
  return storeEvent({ name: INTERNAL.invoked, data, user: payload.user }, newUlid(), correlation);
}
