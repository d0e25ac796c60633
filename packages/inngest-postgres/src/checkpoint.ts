import type { Sql } from "postgres";
import { isPassing } from "./database-errors";
import { keep } from "./lease";
import { errorMemo, memoOf } from "./memo";
import { LIMITS, type Op, type SerializedError } from "./protocol";

export type Checkpoint = { run_id: string; generation_id?: number; steps: Op[] };

/** What the engine of this process wants to know and to decide at each finished step. */
export type CheckpointWatcher = {
  /** False lets go of the run after this step: the engine is stopping. */
  goOn(runId: string, generation: number): boolean;
  release(runId: string, generation: number): Promise<void>;
  /** An op that is no result of a step: the call is halted, and its driver decides. */
  interrupt(runId: string, generation: number, op: Op): void;
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
  // The SDK goes on after a step that threw null (or nothing, or zero), for it looks at the error only.
  const done = steps.filter((op) => op.op === "StepRun" || op.op === "StepFailed");
  const other = steps.find((op) => !done.includes(op) && op.op !== "StepPlanned");
  const memos = done.map(memoOf);
  const ids = done.map((op) => op.id);
  const texts = memos.map((memo) => memo.text);
  const revision = await keepWhatCanBe(sql, run_id, generation_id, ids, texts);
  if (revision === null || revision > LIMITS.steps) return false;
  if (other) {
    for (const watcher of watchers) watcher.interrupt(run_id, generation_id, other);
    return false;
  }
  // What was kept as an error must not be gone on from as if it were a result.
  if (memos.some((memo) => memo.failed)) return false;
  for (const watcher of watchers) {
    if (watcher.goOn(run_id, generation_id)) continue;
    await watcher.release(run_id, generation_id);
    return false;
  }
  return true;
}

/** Keeps results; where the database refuses what is in them, an error that says so is kept in their place. */
export async function keepWhatCanBe(
  sql: Sql,
  runId: string,
  generation: number,
  ids: string[],
  memos: string[],
): Promise<number | null> {
  try {
    return await keep(sql, runId, generation, ids, memos);
  } catch (error) {
    if (isPassing(error)) throw error;
    const refused = errorMemo(refusedByDatabase(error));
    return keep(
      sql,
      runId,
      generation,
      ids,
      ids.map(() => refused),
    );
  }
}

/** The error of a step whose result cannot be stored. */
export function refusedByDatabase(error: unknown): SerializedError {
  const message = error instanceof Error ? error.message : String(error);
  return { name: "ResultRefused", message: `A result cannot be stored: ${message}` };
}
