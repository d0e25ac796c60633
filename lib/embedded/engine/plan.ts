import type { Sql } from "postgres";
import { delayMs } from "./duration";
import { newUlid, type StoredEvent, storeEvent } from "./events";
import { INTERNAL, type Op } from "./protocol";
import { type Listening, listenFor } from "./schedule";

/** A step that a run begins to wait for, as `engine.plan` takes it. */
type Planned = {
  id: string;
  op: string;
  name: string;
  delay_ms: number | null;
  race: boolean;
  coalesced: boolean;
} & Partial<Listening>;

/** What a function asked for that this engine does not do. */
export class UnsupportedStep extends Error {
  override readonly name = "UnsupportedStep";
}

const NAMES: Record<string, string> = {
  AIGateway: "step.ai.infer",
  Gateway: "step.fetch",
  WaitForSignal: "step.waitForSignal",
  DeferAdd: "defer",
  DeferAbort: "defer",
};

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
  const base = { id: op.id, op: op.op, name: op.displayName ?? op.name ?? op.id };
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
      return { ...base, name: op.name ?? "", delay_ms: timeout, ...listenFor(source, trigger) };
    }
    default:
      throw new UnsupportedStep(
        `The embedded engine does not do ${NAMES[op.op] ?? op.op} (step "${base.name}"). Use step.run, or an Inngest server.`,
      );
  }
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
