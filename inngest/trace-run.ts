import { db } from "@/lib/db";
import { isTraced } from "@/lib/env";
import { type JobRow, runBegan } from "@/lib/jobs";
import { recordRun } from "@/lib/telemetry";

/** Tells the trace of a run that has ended, in whatever process its end was seen. */
export async function traceRun({ id, run, pipeline, state, workspaceId, error }: JobRow): Promise<void> {
  if (!isTraced()) return;
  const began = await runBegan(db(), id);
  const attributes = { "kinora.pipeline": pipeline, "kinora.state": state, "kinora.workspace": workspaceId };
  if (began)
    recordRun({ job: id, run }, `run ${pipeline}`, { ...attributes, "error.type": error?.code }, began);
}
