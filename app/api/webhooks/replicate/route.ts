import { announceGeneration } from "@/inngest";
import { AppError } from "@/lib/errors";
import { endpoint } from "@/lib/http/endpoint";
import { closeWebhook, openReplicateWebhook } from "@/lib/studio";

/** A prediction with its inputs; pictures travel in them only up to 256 kB each. */
const MAX_BYTES = 8 * 1024 * 1024;

/**
 * Replicate says that an order of ours has ended. Whoever waits for it is woken to look; a lost, late, repeated or
 * forged webhook changes nothing but the time.
 */
export const POST = endpoint(async (request: Request) => {
  const rawBody = await readText(request);
  const delivery = await openReplicateWebhook(request.headers, rawBody);
  const key = new URL(request.url).searchParams.get("generation");
  if (delivery.repeated || !key) return Response.json({ woken: false });
  const woken = await announceGeneration(key);
  await closeWebhook(delivery, "replicate");
  return Response.json({ woken });
});

async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > MAX_BYTES) throw new AppError("too_large", "The webhook is too large.");
    chunks.push(part.value);
  }
  return Buffer.concat(chunks).toString("utf8");
}
