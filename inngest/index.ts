import { findGeneration } from "@/lib/studio";
import { inngest } from "./client";
import { generationMoved } from "./events";
import { generations } from "./generation";
import { pipelines } from "./pipelines";
import { orphanSweeper, reconciler, sweeper } from "./reconciler";

export {
  analyseAsset,
  approve,
  cancelJob,
  decide,
  type JobOrder,
  newTake,
  quoteJob,
  retryFrom,
  retryJob,
  settleDoubt,
  submitJob,
} from "./desk";
export { impactsOf } from "./impact";
export { askToReconcile, reconcile } from "./reconciler";
export { submitSample } from "./sample";
export { inngest };

/** Everything a worker runs. */
export const functions = [
  ...pipelines.map((pipeline) => pipeline.fn),
  ...generations,
  reconciler,
  sweeper,
  orphanSweeper,
];

/** A webhook came in: wakes whoever waits for this generation. False when there is none under this key. */
export async function announceGeneration(key: string): Promise<boolean> {
  const generation = await findGeneration({ key });
  if (!generation) return false;
  await inngest.send(generationMoved.create({ generationId: generation.id }));
  return true;
}
