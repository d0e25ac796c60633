import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { and, eq, notInArray } from "drizzle-orm";
import { downloadOutput } from "@/lib/ai";
import { db, schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { storage } from "@/lib/storage";
import type { Answer, AnswerFile } from "./answer";
import type { Generation } from "./generations";
import { isSpooled, spoolPath } from "./spool";

const { answerFile } = schema;

/** Where one file of an answer can be read on this machine; fetched into the folder where it lies elsewhere. */
export async function fetchAnswerFile(
  row: Generation,
  file: AnswerFile,
  index: number,
  folder: string,
  signal: AbortSignal,
): Promise<string> {
  const path = join(folder, `output-${index}`);
  switch (file.from) {
    case "url":
      await downloadOutput(file, path, { provider: row.provider, signal });
      return path;
    case "stored":
      return fetchStored(file.key, path);
    case "spool":
      if (await isSpooled(row.key, file.name)) return spoolPath(row.key, file.name);
      throw elsewhere(file.host);
    case "database":
      await writeFile(path, await readBytes(row, index));
      return path;
    case "library":
      throw new AppError("internal", "This result is in the library already.");
  }
}

async function fetchStored(key: string, path: string): Promise<string> {
  const local = storage().localPath(key);
  if (local) return local;
  const { stream } = await storage().get(key);
  await pipeline(stream, createWriteStream(path));
  return path;
}

async function readBytes(row: Generation, index: number): Promise<Buffer> {
  const [found] = await db()
    .select({ bytes: answerFile.bytes })
    .from(answerFile)
    .where(and(eq(answerFile.generationId, row.id), eq(answerFile.index, index)));
  if (found) return found.bytes;
  throw new AppError("not_found", "The bytes of this result are not in the database any more.");
}

/** Bytes of files that are in the library now. */
export async function dropFromDatabase(tx: Tx, row: Generation, rest: Answer | null): Promise<void> {
  const needed = (rest?.files ?? []).flatMap(({ from }, index) => (from === "database" ? [index] : []));
  await tx
    .delete(answerFile)
    .where(and(eq(answerFile.generationId, row.id), notInArray(answerFile.index, [-1, ...needed])));
}

function elsewhere(host: string): AppError {
  return new AppError("storage_failed", `This result lies on the disk of the machine ${host}.`, {
    action: "Nothing to do: that machine's worker brings it in as soon as it runs.",
  });
}
