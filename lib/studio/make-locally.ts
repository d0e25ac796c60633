import { availableParallelism, totalmem } from "node:os";
import pLimit from "p-limit";
import { studioCaller } from "@/lib/auth/caller";
import type { Scope } from "./ask";
import { ingestFile } from "./ingest";
import type { LocalWork } from "./work";
import { inWorkFolder } from "./work-folder";

/** What one piece of local work may need: a film of 1080p is cut within 700 MB. */
const BYTES_EACH = 1_500_000_000;

/** One gate for all local work of this process: as many at once as there are cores, and memory for. */
const gate = pLimit(Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / BYTES_EACH))));

/**
 * Makes a step's files and figures on this machine, in a folder of its own that is gone afterwards, and takes the files
 * into the library: the same file of the same step and key is the same asset. Throws the signal's reason when aborted.
 */
export function makeLocally<I>(
  scope: Scope,
  input: I,
  work: LocalWork<I, unknown>,
  { signal, progress }: { signal: AbortSignal; progress(share: number): void },
): Promise<{ assetIds: string[]; data: unknown }> {
  return gate(() =>
    inWorkFolder(async (folder) => {
      signal.throwIfAborted();
      const { files, data } = await work.make(input, { scope, folder, signal, progress });
      signal.throwIfAborted();
      const assetIds: string[] = [];
      for (const [index, { path, filename, role, sourceIds }] of files.entries()) {
        const { jobId, name: stepName, subject, take, stepKey } = scope;
        const origin = { jobId, stepName, subject, take, stepKey, index, sourceIds };
        const caller = studioCaller(scope.workspaceId, scope.userId);
        assetIds.push((await ingestFile(caller, { path, filename, role, origin })).id);
      }
      return { assetIds, data };
    }),
  );
}
