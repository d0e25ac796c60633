import { eq } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { schema } from "@/lib/db";
import { env } from "@/lib/env";
import { getJob } from "@/lib/jobs";
import { type ContractOptions, type ContractServer, startContractServer } from "../contract";
import { createDatabase, type TestDatabase } from "./database";
import { addTeam } from "./people";

export type TestStudio = {
  base: TestDatabase;
  contract: ContractServer;
  team: Awaited<ReturnType<typeof addTeam>>;
  stop(): Promise<void>;
};

/** The whole studio in this process: database, disk, the embedded engine, and providers behind the contract server. */
export async function startStudio(options: ContractOptions = {}): Promise<TestStudio> {
  const base = await createDatabase();
  const contract = await startContractServer({ secondsToMake: 0.1, webhooks: "never", ...options });
  setEnv({ ...contract.env, AUTH_SECRET: "a secret of this test run, long enough for all" });
  const { startWorker } = await import("@/inngest/worker");
  const worker = await startWorker();
  const team = await addTeam(base.db, "studio");
  return {
    base,
    contract,
    team,
    async stop() {
      await worker.stop();
      await contract.stop();
      await base.drop();
    },
  };
}

/** Sets variables for this process and for what env() has already given out. */
export function setEnv(values: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(values)) process.env[name] = String(value);
  Object.assign(env(), values);
}

/** Waits until a job is in one of these states. Gives up after a while, saying how it stands. */
export async function waitForJob(studio: TestStudio, jobId: string, states: string[], seconds = 60) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const [job] = await studio.base.db.select().from(schema.job).where(eq(schema.job.id, jobId));
    if (job && states.includes(job.state)) return job;
    if (Date.now() > until) {
      const record = await getJob(studio.team.owner as Caller, jobId);
      throw new Error(
        `the job is ${job?.state}: ${JSON.stringify({ ...record, job: record.job.error }, null, 1)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
