import { rm } from "node:fs/promises";
import { db } from "@/lib/db";
import { migrate } from "@/lib/db/migrate";
import { startPostgres } from "@/lib/embedded/postgres";
import { env } from "@/lib/env";
import { type ContractServer, startContractServer } from "@/tests/contract";
import { findServer, NO_SERVER, startDevServer } from "@/tests/support/inngest-server";
import { addTeam, type Team } from "@/tests/support/people";
import { temporaryHome } from "@/tests/support/temporary-home";
import type { BenchOptions } from "..";

/** A studio in this process on either engine, its provider a stand-in that takes `secondsToMake` for a picture. */
export type Stage = {
  contract: ContractServer;
  many: Team;
  one: Team;
  /** The most steps that any run has had; null where the engine does not tell. */
  mostSteps(): Promise<number | null>;
  stop(): Promise<void>;
};

export async function setStage(kind: BenchOptions["engine"], secondsToMake: number): Promise<Stage> {
  const home = await temporaryHome("fanout");
  const postgres = await startPostgres({ home });
  await migrate(postgres.url);
  const contract = await startContractServer({ secondsToMake, webhooks: "never" });
  const settings = { ...contract.env, DATABASE_URL: postgres.url, KINORA_HOME: home, LOG_LEVEL: "error" };
  use({ ...settings, AUTH_SECRET: "a secret of this benchmark, long enough for all" });
  const engine = await (kind === "embedded" ? startEmbedded() : startServer());
  return {
    contract,
    many: await addTeam(db(), "many"),
    one: await addTeam(db(), "one"),
    mostSteps: engine.mostSteps,
    async stop() {
      await engine.stop();
      await contract.stop();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** For this process, and in what env() has already given out: what is loaded from here on goes by it. */
function use(values: Record<string, string>): void {
  Object.assign(process.env, values);
  Object.assign(env(), values);
}

async function startEmbedded() {
  const { createEngine } = await import("@kinora/inngest-postgres");
  const { sqlClient } = await import("@/lib/db");
  const { log } = await import("@/lib/log");
  const { inngest, functions } = await import("./program");
  const concurrency = env().WORKER_CONCURRENCY;
  const engine = createEngine({
    ...{ sql: sqlClient, client: inngest, functions, signingKey: "5e1f", concurrency, log },
  });
  await engine.start();
  return {
    stop: () => engine.stop(),
    async mostSteps() {
      const [row] = await sqlClient()<{ most: number }[]>`
        select max(steps)::int as most from (select count(*) as steps from engine.memo group by run_id) runs`;
      return row?.most ?? null;
    },
  };
}

async function startServer() {
  const bin = findServer();
  if (!bin) throw new Error(NO_SERVER);
  const server = await startDevServer(bin);
  use({ INNGEST_DEV: server.url, INNGEST_BASE_URL: server.url });
  const { inngest, functions } = await import("./program");
  await server.serve(inngest, functions);
  return { stop: () => server.stop(), mostSteps: async () => null };
}
