import { createHash } from "node:crypto";

/** A text as Postgres takes it: no NUL, no half of a surrogate pair; each becomes U+FFFD. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\u0000", "\uFFFD");
}

/** A key as an index takes it, whatever its length and characters: short and printable, or its SHA-256. */
export function toKey(text: string): string {
  return text.length <= 100 && text === toWellFormed(text)
    ? text
    : createHash("sha256").update(JSON.stringify(text)).digest("hex");
}
