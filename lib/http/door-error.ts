import { AppError, toAppError } from "@/lib/errors";

/** Codes of Postgres for values that no column can hold: text, dates, numbers and JSON out of their range. */
const BAD_VALUES = new Set(["22021", "22P05", "22P02", "22003", "22007", "22008", "22023"]);

/** What a door answers: a value that the database refused is the sender's fault, not the server's. */
export function toDoorError(thrown: unknown): AppError {
  if (!hasBadValue(thrown)) return toAppError(thrown);
  return new AppError("bad_input", "The request has a value that cannot be kept.", {
    action: "Correct it and try again.",
    cause: thrown,
  });
}

function hasBadValue(thrown: unknown): boolean {
  for (let at = thrown, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at.name === "PostgresError" && "code" in at && BAD_VALUES.has(String(at.code))) return true;
  }
  return false;
}
