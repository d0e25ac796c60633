import { sql } from "drizzle-orm";
import { downloadOutput, factsOf, type Outputs } from "@/lib/ai";
import { db } from "@/lib/db";
import { AppError, toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { storage } from "@/lib/storage";
import { type Answer, type AnswerFile, answerKey, answerOf, storedKeys, wordsOf } from "./answer";
import { dropFromDatabase, fetchAnswerFile } from "./answer-files";
import { lose } from "./end";
import { type Generation, moveGeneration } from "./generations";
import { findCollected, type Ingredients, ingestOutput, openIngredients } from "./ingest-output";
import { ENDLESS_HOURS, noteFailure } from "./look";
import { removeSpooled } from "./spool";
import type { Move } from "./standing";
import { storable } from "./storable";
import { store } from "./take-in";
import { inWorkFolder } from "./work-folder";

const DOWNLOAD_SECONDS = 600;
/**
 * A delivery host may be slow to know a new file, or have a bad moment: so often it may say that there is none, or
 * hand over something else, some seconds apart.
 */
const MOST_MISDELIVERED = 3;
const REDELIVERY_PAUSE_SECONDS = 3;
/** A decoder that breaks off may have been short of something; what breaks off so often is not to be read. */
const MOST_BROKEN = 3;

/**
 * Brings what came back into the library. It was paid for before, so this may fail and be repeated for ever: the
 * same files give the same assets, what is there already is not fetched again, and money is not touched.
 */
export async function collect(row: Generation): Promise<Move> {
  const answer = answerOf(row);
  const files: AnswerFile[] = [];
  try {
    const ingredients = await openIngredients(row, answer);
    await inWorkFolder(async (folder) => {
      for (const index of answer.files.keys())
        files.push(await collectFile(row, answer, index, folder, ingredients));
    });
  } catch (thrown) {
    return notYet(row, answer, files, toAppError(thrown));
  }
  return conclude(row, { ...answer, files });
}

/** What the draft engine has just made: it needs no keeping, for it makes the same again. */
export async function collectMade(row: Generation, outputs: Outputs): Promise<Move> {
  const ingredients = await openIngredients(row, wordsOf(outputs));
  const assetIds = await inWorkFolder(async (folder) => {
    const ids: string[] = [];
    for (const [index, file] of outputs.files.entries()) {
      const path = `${folder}/made-${index}`;
      await downloadOutput(file, path, { provider: row.provider, signal: limit() });
      ids.push(await ingestOutput(row, ingredients, index, path));
    }
    return ids;
  });
  const data = outputs.text === undefined ? null : readText(row, outputs.text);
  return succeed(row, { assetIds, data, ...wordsOf(outputs) }, null);
}

async function collectFile(
  row: Generation,
  answer: Answer,
  index: number,
  folder: string,
  ingredients: Ingredients,
): Promise<AnswerFile> {
  const file = answer.files[index];
  if (!file) throw new RangeError(`file ${index} of ${answer.files.length}`);
  const known = await findCollected(row, index);
  if (known) return { from: "library", assetId: known };
  let path: string;
  try {
    path = await fetchAnswerFile(row, file, index, folder, limit());
  } catch (thrown) {
    return unfetched(row, file, toAppError(thrown));
  }
  try {
    const storedUnder = file.from === "stored" ? file.key : undefined;
    return { from: "library", assetId: await ingestOutput(row, ingredients, index, path, storedUnder) };
  } catch (thrown) {
    return unread(row, file, index, path, toAppError(thrown));
  }
}

const limit = () => AbortSignal.timeout(DOWNLOAD_SECONDS * 1000);

/** Gone for good, or not to be fetched now: then the next collection tries again. */
function unfetched(row: Generation, file: AnswerFile, error: AppError): AnswerFile {
  const isMissing = error.code === "provider_expired";
  if (isMissing && mayComeYet(row)) throw askAgain(error);
  if (!isMissing && (error.retry !== "never" || error.code === "canceled")) throw error;
  return { ...file, unusable: error.message };
}

function mayComeYet({ state, failures }: Generation): boolean {
  return state === "answered" && failures + 1 < MOST_MISDELIVERED;
}

function askAgain(error: AppError): AppError {
  const { code, message, provider } = error;
  const pause = { retry: "later", retryAfterSeconds: REDELIVERY_PAUSE_SECONDS } as const;
  return new AppError(code, message, { provider, ...pause, cause: error });
}

/** It came, and is not what was ordered: its bytes are kept, and a person can have them. */
async function unread(row: Generation, file: AnswerFile, index: number, path: string, error: AppError) {
  const isBroken = error.code === "media_failed" && row.failures + 1 >= MOST_BROKEN;
  if (error.code !== "media_invalid" && !isBroken) throw error;
  if (file.from === "url" && mayComeYet(row)) throw askAgain(error);
  log.warn({ err: error }, "a paid result cannot be used; its bytes are kept");
  const isHere = file.from === "stored" || file.from === "library";
  const kept = isHere ? file : await store(row, index, { from: "path", path, mime: "" });
  if (!kept && file.from === "url") throw error;
  return { ...(kept ?? file), unusable: error.message };
}

/** Counts the failure; what is lying here is waited for longer than what a provider keeps. */
async function notYet(row: Generation, answer: Answer, files: AnswerFile[], error: AppError): Promise<Move> {
  if (row.state !== "answered") throw error;
  const isRemote = answer.files.some(({ from }) => from === "url");
  const { overdue } = await noteFailure(row, isRemote ? undefined : ENDLESS_HOURS);
  if (!overdue) throw error;
  return conclude(row, {
    ...answer,
    files: answer.files.map((file, index) => files[index] ?? { ...file, unusable: error.message }),
  });
}

async function conclude(row: Generation, answer: Answer): Promise<Move> {
  const assetIds = answer.files.flatMap((file) => (file.from === "library" ? [file.assetId] : []));
  const unusable = answer.files.flatMap(({ unusable = [] }) => unusable);
  const [data, unreadable] = read(row, answer);
  if (assetIds.length === 0 && !data)
    return lose(row, unreadable ?? nothingUsable(row, unusable), null, answer);
  await dropCollected(row, answer);
  const { seed, missing } = answer;
  const rest = unusable.length > 0 ? answer : null;
  return succeed(row, { assetIds, data, seed, missing }, rest);
}

function read(row: Generation, { text }: Answer): [unknown, AppError | null] {
  try {
    return [readText(row, text ?? ""), null];
  } catch (thrown) {
    return [null, toAppError(thrown)];
  }
}

/** What was written, as data of its capability; null where none is. */
function readText({ capability }: Generation, text: string): unknown {
  return factsOf(capability)?.read?.(text) ?? null;
}

function nothingUsable(row: Generation, unusable: string[]): AppError {
  const message = unusable[0] ?? "It came back without a result.";
  return new AppError("provider_answer", message, { provider: row.provider, retry: "never" });
}

/** Before the row says that all is done: what a crash leaves in between is found by its row, not by chance. */
async function dropCollected(row: Generation, after: Answer): Promise<void> {
  const needed = new Set(storedKeys(after));
  // Where the spool's copy was used, the stored one may be there all the same: its answer was lost.
  const mayBeStored = answerOf(row).files.flatMap(({ from }, index) =>
    from === "url" ? [] : answerKey(row, index),
  );
  await storage().delete(mayBeStored.filter((key) => !needed.has(key)));
  await removeSpooled(row.key);
}

type Result = { assetIds: string[]; data: unknown; seed?: number; missing?: number };

async function succeed(row: Generation, result: Result, rest: Answer | null): Promise<Move> {
  const change = {
    ...{ state: "succeeded" as const, result: storable(result), answer: rest && storable(rest) },
    ...{ progress: 1, error: null, lookAt: null, settledAt: sql`now()` },
  };
  const done = await db().transaction(async (tx) => {
    const moved = await moveGeneration(tx, row, ["posting", "answered", "lost"], change);
    if (moved) await dropFromDatabase(tx, row, rest);
    return moved;
  });
  return done ? { moved: done } : "look again";
}
