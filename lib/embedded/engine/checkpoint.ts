import type { Sql } from "postgres";
import { keep } from "./lease";
import { isTooLarge, memoOf } from "./memo";
import { LIMITS, type Op } from "./protocol";

export type Checkpoint = { run_id: string; generation_id?: number; steps: Op[] };

/** What the engine of this process wants to know and to decide at each finished step. */
export type CheckpointWatcher = {
  /** False lets go of the run after this step: the engine is stopping. */
  goOn(runId: string, generation: number): boolean;
  release(runId: string, generation: number): Promise<void>;
};

const watchers = new Set<CheckpointWatcher>();

export function watchCheckpoints(watcher: CheckpointWatcher): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/**
 * Makes the finished steps of a running call durable, before the SDK goes on to the next one. False (the lease is
 * no longer held, or the engine stops) makes the SDK halt this call; what it goes on with is found again by replay.
 */
export async function keepCheckpoint(
  sql: Sql,
  { run_id, generation_id, steps }: Checkpoint,
): Promise<boolean> {
  if (generation_id === undefined) return false;
  const done = steps.filter((op) => op.op === "StepRun" || op.op === "StepFailed");
  const ids = done.map((op) => op.id);
  const memos = done.map(memoOf);
  const revision = await keep(sql, run_id, generation_id, ids, memos);
  if (revision === null || revision > LIMITS.steps) return false;
  // An output that was too large was kept as an error; the SDK would go on with the output.
  if (done.some((op) => op.error === undefined && isTooLarge(op.data))) return false;
  for (const watcher of watchers) {
    if (watcher.goOn(run_id, generation_id)) continue;
    await watcher.release(run_id, generation_id);
    return false;
  }
  return true;
}
