import { eq } from "drizzle-orm";
import { factsOf } from "@/lib/ai";
import { findAssets } from "@/lib/assets";
import { type Caller, studioCaller } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import type { Answer } from "./answer";
import { sourcesOf } from "./ask";
import { askOf, type Generation } from "./generations";
import { ingestedId, ingestFile } from "./ingest";

const { job } = schema;

/** What is the same for all files of an answer. */
export type Ingredients = { caller: Caller; seed: number | undefined; costMicros: number };

/** Who ordered it, and what each of its files is said to have cost. */
export async function openIngredients(
  row: Generation,
  { seed, files = [] }: Partial<Answer>,
): Promise<Ingredients> {
  const [found] = await db().select({ createdBy: job.createdBy }).from(job).where(eq(job.id, row.jobId));
  return {
    caller: studioCaller(row.workspaceId, found?.createdBy ?? null),
    seed,
    costMicros: Math.round(row.costMicros / Math.max(1, files.length)),
  };
}

/** The asset that this file of the generation became before, if it did. */
export async function findCollected(row: Generation, index: number): Promise<string | null> {
  const id = ingestedId(studioCaller(row.workspaceId), originOf(row, index), askOf(row).outputRole);
  const [kept] = await findAssets(studioCaller(row.workspaceId), [id], { includeDeleted: true });
  return kept?.id ?? null;
}

/** Takes one file into the library; the same file of the same generation is the same asset. */
export async function ingestOutput(
  row: Generation,
  { caller, seed, costMicros }: Ingredients,
  index: number,
  path: string,
  storedUnder?: string,
): Promise<string> {
  const ask = askOf(row);
  const asset = await ingestFile(caller, {
    path,
    storedUnder,
    filename: `${ask.outputRole}-${row.part + 1}-${index + 1}`,
    role: ask.outputRole,
    kind: factsOf(ask.capability)?.makes ?? "picture",
    origin: {
      ...originOf(row, index),
      seed: seedOf(row, seed, index),
      prompt: "prompt" in ask.input ? ask.input.prompt : undefined,
      costMicros,
      sourceIds: sourcesOf(ask),
    },
  });
  return asset.id;
}

function originOf(row: Generation, index: number) {
  return {
    ...{
      jobId: row.jobId,
      stepName: row.stepName,
      subject: row.subject,
      take: row.take,
      generationId: row.id,
      index,
    },
    ...{ provider: row.provider, model: row.model, draft: row.provider === "draft" },
  };
}

function seedOf(row: Generation, told: number | undefined, index: number): number | undefined {
  const ask = askOf(row);
  const seed = told ?? ("seed" in ask.input ? ask.input.seed : undefined);
  return seed === undefined ? undefined : seed + index;
}
