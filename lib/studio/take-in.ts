import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { sql } from "drizzle-orm";
import type { Begun, Operation, OutputFile, Outputs } from "@/lib/ai";
import { db, schema } from "@/lib/db";
import { toRecord } from "@/lib/errors";
import { log } from "@/lib/log";
import { storage, UNKNOWN_MIME } from "@/lib/storage";
import { type Answer, type AnswerFile, answerKey, answerOf, type Fleeting, wordsOf } from "./answer";
import { billOf, charge, fail } from "./end";
import { type Generation, type GenerationState, moveGeneration } from "./generations";
import { persist, sqlCodeOf } from "./persist";
import { type Journal, readJournal, removeSpooled, spoolPath, writeJournal, writeSpooled } from "./spool";
import type { Move } from "./standing";
import { storable } from "./storable";

/** What a provider took: everything that `Send` can answer but a clear no. */
export type Came = Exclude<Begun, { state: "declined" }>;

/** Where the answer to an order can still be taken in: even a person's word about it was said without knowing it. */
const AWAITING: GenerationState[] = ["posting", "uncertain", "abandoned"];
/** With the answer on the disk its row can wait for the next look; without it this process is all that knows it. */
const SPOOLED_SECONDS = 60;
const UNSPOOLED_SECONDS = 600;
const UNIQUE_VIOLATION = "23505";

/**
 * Makes durable what came back, before anything else is done with it: first on this machine's disk, then in its row
 * together with its charge. Nothing here, and nothing after it, can send the order again.
 */
export async function takeIn(row: Generation, came: Came): Promise<Move> {
  const journal = await spool(row, came);
  if (journal) return adopt(row, journal);
  if (came.state === "accepted") return accept(row, came.operation, UNSPOOLED_SECONDS);
  if (came.state === "failed") return fail(row, came.error, came.costMicros);
  return keepAnswer(row, AWAITING, came.outputs, came.costMicros, UNSPOOLED_SECONDS);
}

/** What a look has found finished. Should it not be written, the next look finds it again. */
export function takeLooked(row: Generation, outputs: Outputs, costMicros: number): Promise<Move> {
  return keepAnswer(row, ["accepted"], outputs, costMicros, SPOOLED_SECONDS);
}

async function keepAnswer(
  row: Generation,
  from: GenerationState[],
  outputs: Outputs,
  costMicros: number,
  seconds: number,
): Promise<Move> {
  const { files, bytes } = await keepFiles(row, outputs.files);
  return writeAnswer(row, from, { ...wordsOf(outputs), files }, costMicros, { bytes, seconds });
}

/** What this machine's spool knows of an order; null where it knows nothing. */
export async function adoptSpooled(row: Generation): Promise<Move | null> {
  const journal = await readJournal(row.key);
  return journal && adopt(row, journal);
}

async function adopt(row: Generation, { came }: Journal): Promise<Move> {
  if (came.state === "accepted") return forget(row, await accept(row, came.operation, SPOOLED_SECONDS));
  if (came.state === "failed") return forget(row, await fail(row, came.error, came.costMicros));
  const files: AnswerFile[] = [];
  for (const [index, file] of came.answer.files.entries()) files.push(await unspool(row, file, index));
  const answer = { ...came.answer, files };
  const move = await writeAnswer(row, AWAITING, answer, came.costMicros, { seconds: SPOOLED_SECONDS });
  return files.some(({ from }) => from === "spool") ? move : forget(row, move);
}

/** Moves what could only be spooled into the media storage, where every machine finds it. False: nothing could be. */
export async function storeSpooled(row: Generation): Promise<boolean> {
  const before = answerOf(row);
  const files: AnswerFile[] = [];
  for (const [index, file] of before.files.entries()) {
    const kept = await unspool(row, file, index);
    files.push(file.unusable === undefined ? kept : { ...kept, unusable: file.unusable });
  }
  if (files.every((file, index) => file.from === before.files[index]?.from)) return false;
  const { state } = row;
  if (state !== "answered" && state !== "lost") return false;
  const change = { state, answer: storable({ ...before, files }) };
  const moved = await moveGeneration(db(), row, [state], { ...change, lookAt: sql`now()` });
  if (moved && !files.some(({ from }) => from === "spool")) await removeSpooled(row.key);
  return moved !== null;
}

async function forget(row: Generation, move: Move): Promise<Move> {
  await removeSpooled(row.key).catch((err) => log.warn({ err }, "the spool could not be emptied yet"));
  return move;
}

/** Null where the disk does not take it: then the row is all there is. */
async function spool(row: Generation, came: Came): Promise<Journal | null> {
  try {
    const journal: Journal = { generationId: row.id, came: await toJournal(row, came) };
    await writeJournal(row.key, journal);
    return journal;
  } catch (err) {
    log.warn({ err }, "what came back could not be spooled");
    await removeSpooled(row.key).catch((err) => log.warn({ err }, "nor could the spool be emptied"));
    return null;
  }
}

async function toJournal(row: Generation, came: Came): Promise<Journal["came"]> {
  if (came.state === "accepted") return came;
  const costMicros = billOf(came.costMicros, row.heldMicros);
  if (came.state === "failed") return { ...came, error: toRecord(came.error, row.stepName), costMicros };
  const files: AnswerFile[] = [];
  for (const [index, file] of came.outputs.files.entries()) {
    if (file.from === "url") files.push(file);
    else {
      const name = `${index}.bin`;
      await writeSpooled(row.key, name, await bytesOf(file));
      files.push({ from: "spool", name, host: hostname(), mime: file.mime });
    }
  }
  return { state: "succeeded", answer: { ...wordsOf(came.outputs), files }, costMicros };
}

function bytesOf(file: Fleeting): Promise<Buffer> | Buffer {
  return file.from === "bytes" ? file.bytes : readFile(file.path);
}

/** The provider has it: its operation stands in the row. */
export async function accept(
  row: Generation,
  operation: Operation,
  seconds = SPOOLED_SECONDS,
): Promise<Move> {
  const change = { state: "accepted" as const, operation: storable(operation), lookAt: sql`now()` };
  try {
    const write = () => moveGeneration(db(), row, AWAITING, { ...change, settledAt: null, looks: 0 });
    const accepted = await persist("an accepted order", seconds, write);
    return accepted ? { moved: accepted } : "look again";
  } catch (thrown) {
    if (sqlCodeOf(thrown) !== UNIQUE_VIOLATION) throw thrown;
    log.error({ err: thrown }, "a provider answered with an operation that belongs to another order");
    const doubted = await moveGeneration(db(), row, ["posting"], { state: "uncertain" });
    return doubted ? { moved: doubted } : "look again";
  }
}

/** Everything that was made is there: the answer and its charge, in one transaction. */
async function writeAnswer(
  row: Generation,
  from: GenerationState[],
  answer: Answer,
  costMicros: number,
  { seconds = SPOOLED_SECONDS, bytes = [] }: { seconds?: number; bytes?: InDatabase[] } = {},
): Promise<Move> {
  const change = {
    ...{ state: "answered" as const, answer: storable(answer), progress: 1, looks: 0, failures: 0 },
    ...{ lookAt: sql`now()`, answeredAt: sql`now()`, settledAt: null },
  };
  const answered = await persist("an answer", seconds, () =>
    db().transaction(async (tx) => {
      const moved = await moveGeneration(tx, row, from, change);
      if (!moved) return null;
      if (bytes.length > 0) await tx.insert(schema.answerFile).values(bytes).onConflictDoNothing();
      return charge(tx, moved, billOf(costMicros, moved.heldMicros));
    }),
  );
  return answered ? { moved: answered } : "look again";
}

type InDatabase = { generationId: string; index: number; bytes: Buffer };

/** Bytes that this process alone has: into the media storage, or where that fails into the database. */
async function keepFiles(row: Generation, outputs: Outputs["files"]) {
  const kept = { files: [] as AnswerFile[], bytes: [] as InDatabase[] };
  for (const [index, file] of outputs.entries()) {
    const stored = file.from === "url" ? file : await store(row, index, file);
    kept.files.push(stored ?? { from: "database", mime: mimeOf(file) });
    if (!stored && file.from !== "url")
      kept.bytes.push({ generationId: row.id, index, bytes: await bytesOf(file) });
  }
  return kept;
}

function mimeOf(file: OutputFile): string {
  return file.from === "url" ? UNKNOWN_MIME : file.mime;
}

async function unspool(row: Generation, file: AnswerFile, index: number): Promise<AnswerFile> {
  if (file.from !== "spool") return file;
  const path = spoolPath(row.key, file.name);
  return (await store(row, index, { from: "path", path, mime: file.mime })) ?? file;
}

/** Null where the media storage does not take it now. */
export async function store(row: Generation, index: number, file: Fleeting): Promise<AnswerFile | null> {
  const key = answerKey(row, index);
  try {
    const body = file.from === "bytes" ? file.bytes : createReadStream(file.path);
    const { bytes } = await storage().put(key, body, UNKNOWN_MIME);
    return { from: "stored", key, mime: file.mime, bytes };
  } catch (err) {
    log.warn({ err }, "an answer could not be stored yet");
    return null;
  }
}
