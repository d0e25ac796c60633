import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { pipelineOf } from "@/inngest/pipelines";
import type { Caller } from "@/lib/auth/caller";
import { AppError, isErrno } from "@/lib/errors";
import type { Pipeline } from "@/lib/jobs/schema";
import { ingestFile } from "@/lib/studio/ingest";
import { cleanFileName } from "@/lib/text";

/** Fields that name a local file, relative to the order, and the field that gets the file's asset id. */
const FILES: Record<Pipeline, Record<string, string>> = {
  "animated-picture": { picture: "pictureId" },
  "picture-reading": { picture: "assetId" },
};

export type Order = Record<string, unknown>;

/** Reads and parses the order; says the line where it is not JSON. */
export async function readOrder(file: string, pipeline: Pipeline): Promise<Order> {
  const order = parse(file, await readText(file));
  const known = knownFields(pipeline);
  const stranger = known.length > 0 && Object.keys(order).find((name) => !known.includes(name));
  if (!stranger) return order;
  throw new AppError("bad_input", `“${stranger}” is not a field of ${pipeline}.`, {
    action: `Its fields are: ${known.join(", ")}.`,
  });
}

/** Takes the local files an order names into the library, as an upload would. */
export async function takeFiles(
  caller: Caller,
  order: Order,
  { pipeline, inputFile }: { pipeline: Pipeline; inputFile: string },
): Promise<Order> {
  const taken = { ...order };
  for (const [field, idField] of Object.entries(FILES[pipeline])) {
    if (!(field in taken)) continue;
    const named = taken[field];
    delete taken[field];
    if (typeof named !== "string" || named === "") {
      throw new AppError("bad_input", `${field}: the path of a file is needed.`);
    }
    const path = resolve(dirname(inputFile), named);
    const asset = await ingestFile(caller, {
      path,
      filename: cleanFileName(basename(path)),
      role: "upload",
      origin: {},
    }).catch((error) => {
      throw isErrno(error, "ENOENT") || isErrno(error, "EISDIR") ? noFile(path, error) : error;
    });
    taken[idField] = asset.id;
  }
  return taken;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    if (["ENOENT", "EISDIR", "EACCES", "ENOTDIR"].some((code) => isErrno(cause, code)))
      throw noFile(file, cause);
    throw cause;
  }
}

function noFile(path: string, cause: unknown): AppError {
  const why = isErrno(cause, "EISDIR")
    ? "is a folder"
    : isErrno(cause, "EACCES")
      ? "may not be read"
      : "does not exist";
  return new AppError("bad_input", `The file ${path} ${why}.`, { action: "Check the path.", cause });
}

function parse(file: string, text: string): Order {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const { line, column } = placeOf(text, cause as SyntaxError);
    throw new AppError("bad_input", `${file} is not valid JSON: line ${line}, column ${column}.`, {
      action: "Look there for a missing quote, a missing comma or one too many.",
      cause,
    });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Order;
  throw new AppError("bad_input", `${file} must hold one JSON object: { "prompt": "…" }.`);
}

/** V8 tells the position for most errors; a text that ends too early has none. */
function placeOf(text: string, error: SyntaxError): { line: number; column: number } {
  const told = /position (\d+)/.exec(error.message)?.[1];
  const before = text.slice(0, told === undefined ? text.trimEnd().length : Number(told)).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function knownFields(pipeline: Pipeline): string[] {
  const schema = pipelineOf(pipeline).form.schema;
  if (!("shape" in schema)) return [];
  return [...Object.keys(schema.shape as object), ...Object.keys(FILES[pipeline])];
}
