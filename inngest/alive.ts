import { listOpenEvents } from "@kinora/inngest-postgres";
import { z } from "zod";
import { sqlClient } from "@/lib/db";
import { engineKind } from "@/lib/env";
import type { JobRun } from "@/lib/jobs";

const Asked = z.object({ jobId: z.string(), run: z.number() });
/** The handler of a run's failure is started by an event with the run's own event inside. */
const Event = z.union([
  Asked,
  z.object({ event: z.object({ data: Asked }) }).transform(({ event }) => event.data),
]);

/**
 * The runs of jobs that the embedded engine has, at work or in line. Undefined on an Inngest server: one that was
 * restarted can list runs as alive that it has lost, so its word would leave jobs standing.
 */
export async function listAliveRuns(): Promise<JobRun[] | undefined> {
  if (engineKind() === "inngest") return undefined;
  const events = await listOpenEvents(sqlClient());
  return events.flatMap(({ data }) => Event.safeParse(data).data ?? []);
}
