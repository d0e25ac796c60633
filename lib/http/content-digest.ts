import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";

/**
 * Holds a body to the SHA-256 in its Content-Digest header (RFC 9530): throws at its end where they differ.
 * Without the header, or with other algorithms alone, everything passes.
 */
export async function* checkDigest(
  body: AsyncIterable<Uint8Array>,
  header: string | null,
): AsyncGenerator<Uint8Array> {
  const expected = /(?:^|[\s,])sha-256=:([A-Za-z0-9+/]{43}=):/.exec(header ?? "")?.[1];
  const hash = createHash("sha256");
  for await (const chunk of body) {
    if (expected) hash.update(chunk);
    yield chunk;
  }
  if (!expected || hash.digest("base64") === expected) return;
  throw new AppError("bad_input", "These bytes were changed on their way.", {
    action: "Send it again.",
    retryAfterSeconds: 1,
  });
}
