import type { Lease } from "./lease";
import type { EngineEvent } from "./protocol";
import type { RunState } from "./state";

/** What the serve handler is called with, in the form of Inngest's executor protocol. */
export type CallBody = {
  version: 2;
  event: unknown;
  events: unknown[];
  steps: Record<string, unknown>;
  ctx: Record<string, unknown>;
};

/** `attempt` counts from 0; `forcePlan`: no step is to be run by the call that finds them. */
export function callBody(
  lease: Lease,
  { ids, steps }: ReturnType<RunState["snapshot"]>,
  { attempt, max, forcePlan }: { attempt: number; max: number; forcePlan: boolean },
): CallBody {
  const events = JSON.parse(lease.events) as EngineEvent[];
  return {
    version: 2,
    event: events[0],
    events,
    steps,
    ctx: {
      run_id: lease.id,
      // Without these two the SDK would return after every step instead of checkpointing it.
      fn_id: lease.fn_id,
      qi_id: lease.id,
      attempt: Math.min(attempt, max - 1),
      max_attempts: max,
      disable_immediate_execution: forcePlan,
      use_api: false,
      stack: { stack: ids, current: ids.length },
    },
  };
}
