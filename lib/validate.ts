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
