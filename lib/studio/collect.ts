import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { downloadOutput, modelById, type Outputs, provider } from "@/lib/ai";
import { studioCaller } from "@/lib/auth/caller";
import { toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { sourcesOf } from "./ask";
import { askOf, type Generation, providerOf } from "./generations";
import { ingestFile } from "./ingest";

const DOWNLOAD_SECONDS = 600;
/** Answers that hold the picture itself cannot be asked for again: storing them is tried for about a minute. */
const RETRY_SECONDS = [1, 2, 5, 10, 20, 30];

/** Streams a generation's files into storage and the library. The same files give the same assets. */
export async function collect(row: Generation, outputs: Outputs, costMicros: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "kinora-out-"));
  try {
    const ids: string[] = [];
    for (const index of outputs.files.keys())
      ids.push(await collectFile(row, outputs, index, costMicros, folder));
    return ids;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function collectFile(
  row: Generation,
  outputs: Outputs,
  index: number,
  costMicros: number,
  folder: string,
) {
  const file = outputs.files[index];
  if (!file) throw new RangeError(`output ${index} of ${outputs.files.length}`);
  const ask = askOf(row);
  const path = join(folder, `output-${index}`);
  const signal = AbortSignal.timeout(DOWNLOAD_SECONDS * 1000);
  const canAskAgain = file.from === "url" || provider(providerOf(row)).afterLostAnswer === "repeat";
  return patiently(canAskAgain ? [] : RETRY_SECONDS, row, async () => {
    await downloadOutput(file, path, { provider: providerOf(row), signal });
    const asset = await ingestFile(studioCaller(row.workspaceId), {
      path,
      filename: `${ask.outputRole}-${row.part + 1}-${index + 1}`,
      role: ask.outputRole,
      origin: {
        jobId: row.jobId,
        stepLabel: row.stepLabel,
        take: row.take,
        generationId: row.id,
        index,
        provider: row.provider,
        model: modelById(row.model).id,
        seed: seedOf(row, outputs, index),
        prompt: "prompt" in ask.input ? ask.input.prompt : undefined,
        costMicros: Math.round(costMicros / outputs.files.length),
        draft: row.provider === "draft",
        sourceIds: sourcesOf(ask),
      },
    });
    return asset.id;
  });
}

function seedOf(row: Generation, outputs: Outputs, index: number): number | undefined {
  const ask = askOf(row);
  const seed = outputs.seed ?? ("seed" in ask.input ? ask.input.seed : undefined);
  return seed === undefined ? undefined : seed + index;
}

async function patiently<T>(waits: number[], row: Generation, run: () => Promise<T>): Promise<T> {
  for (const seconds of waits) {
    try {
      return await run();
    } catch (thrown) {
      if (toAppError(thrown).retry === "never") throw thrown;
      log.warn({ generation: row.id, err: thrown }, "a paid answer could not be stored yet");
      await sleep(seconds * 1000);
    }
  }
  return run();
}
