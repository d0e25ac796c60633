import type { z } from "zod";
import { AppError } from "./errors";

/** Parses, or throws `bad_input` with a message per field. */
export function validate<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join(".") || "form"] ??= issue.message;
  const [name, message] = Object.entries(fields)[0] ?? ["form", "not filled in correctly"];
  throw new AppError("bad_input", name === "form" ? message : `${name}: ${message}`, {
    action: "Correct what is marked and try again.",
    fields,
  });
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];

/** Whether JSON is nested deeper than this: seen in one pass, before a parser builds anything from it. */
export function isDeeperThan(most: number, json: Buffer): boolean {
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === 0x5b || byte === 0x7b) depth++;
    else if (byte === 0x5d || byte === 0x7d) depth--;
    if (depth > most) return true;
  }
  return false;
}

/** Where a string ends that begins here: at the first quote after an even number of backslashes. */
function endOfString(json: Buffer, start: number): number {
  for (let end = json.indexOf(QUOTE, start + 1); end !== -1; end = json.indexOf(QUOTE, end + 1)) {
    let escapes = 0;
    while (json[end - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end;
  }
  return json.length;
}
