import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";

/** Lets in whoever sends METRICS_TOKEN as a bearer token. Without one there is no such page. */
export async function answerMetrics(
  authorization: string | null | undefined,
  render: () => Promise<string>,
): Promise<Response> {
  const token = env().METRICS_TOKEN;
  if (!token) return new Response("Not found\n", { status: 404 });
  if (!isSame(authorization ?? "", `Bearer ${token}`)) {
    const headers = { "www-authenticate": 'Bearer realm="metrics"' };
    return new Response("The token of METRICS_TOKEN is needed.\n", { status: 401, headers });
  }
  return new Response(await render(), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" },
  });
}

/** In a time that tells nothing of where they differ, nor of their lengths. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
