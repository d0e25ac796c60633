import { announceGeneration } from "@/inngest";
import { AppError } from "@/lib/errors";
import { readText } from "@/lib/http/body";
import { endpoint } from "@/lib/http/endpoint";
import { closeWebhook, openWebhook, webhookHeaders } from "@/lib/studio";

/** An order with its inputs; what is larger is found at the next look. */
const MAX_BYTES = 1024 * 1024;

type Context = { params: Promise<{ provider: string }> };

/**
 * A provider says that an order of ours has ended. Whoever waits for it is woken to look; a lost, late, repeated or
 * forged webhook changes nothing but the time.
 */
export const POST = endpoint(async (request: Request, { params }: Context) => {
  const { provider } = await params;
  if (!webhookHeaders(provider).every((name) => request.headers.get(name)))
    throw new AppError("forbidden", "This webhook is refused. It carries no signature.");
  const rawBody = await readText(request, MAX_BYTES);
  const delivery = await openWebhook(provider, request.headers, rawBody);
  const key = new URL(request.url).searchParams.get("generation");
  if (delivery.repeated || !key) return Response.json({ woken: false });
  const woken = await announceGeneration(key);
  await closeWebhook(delivery);
  return Response.json({ woken });
});
