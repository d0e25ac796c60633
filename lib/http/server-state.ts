import { sqlClient } from "@/lib/db";
import { countWorkers } from "@/lib/db/presence";
import { engineKind, storageKind } from "@/lib/env";
import { log } from "@/lib/log";
import { checkHealth, type Health } from "./health";

/** How the whole server stands: the same for every workspace on it. */
export type ServerState = {
  checks: Health["checks"];
  engine: ReturnType<typeof engineKind>;
  storage: ReturnType<typeof storageKind>;
  /** Null while the database does not answer. */
  workers: number | null;
};

export async function readServerState(): Promise<ServerState> {
  const [{ checks }, workers] = await Promise.all([
    checkHealth(),
    countWorkers(sqlClient()).catch((err: unknown) => {
      log.error({ err }, "the workers could not be counted");
      return null;
    }),
  ]);
  return { checks, workers, engine: engineKind(), storage: storageKind() };
}
