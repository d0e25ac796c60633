import { createHash, randomBytes } from "node:crypto";
import { stringify } from "safe-stable-stringify";
import { monotonicFactory } from "ulid";

export type IdPrefix =
  | "user"
  | "ws"
  | "ses"
  | "inv"
  | "reset"
  | "att"
  | "job"
  | "gen"
  | "asset"
  | "board"
  | "up"
  | "req";

const ulid = monotonicFactory();

/** A prefixed, time-ordered id such as `job_01k5…`. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${ulid().toLowerCase()}`;
}

/** An unguessable token for links, 256 bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** SHA-256 of a JSON value with its keys sorted: equal values give equal hashes. */
export function contentHash(value: unknown): string {
  return sha256(stringify(value) ?? "undefined");
}
