import { createHash } from "node:crypto";

/**
 * A seed from 0 to 2^31 − 1 that belongs to one order alone. Ordered with it, a generation can be told apart in the
 * provider's own list from every other with the same prompt, and can be made again.
 */
export function seedFromKey(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE(0) >>> 1;
}
