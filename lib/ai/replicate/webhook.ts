import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { callReplicate } from "./api";
import { Prediction } from "./prediction";

/** Older or newer than this is refused, so that a recorded webhook cannot be played back later. */
const TOLERANCE_SECONDS = 5 * 60;
const Secret = z.object({ key: z.string().startsWith("whsec_") });

export type WebhookHint = {
  /** The sender's id of this delivery; the same one comes again when it is repeated. */
  deliveryId: string;
  predictionId: string;
  status: Prediction["status"];
};

/**
 * Checks that a webhook comes from Replicate and is fresh; throws `forbidden` otherwise. The signature is
 * HMAC-SHA256 over `id.timestamp.body` with the base64 key that follows `whsec_`; the header may carry several,
 * one of which must match. What it says is a hint to look, never a result.
 */
export async function verifyReplicateWebhook(
  headers: Headers,
  rawBody: string,
  { secret, now = new Date() }: { secret?: string; now?: Date } = {},
): Promise<WebhookHint> {
  const id = headers.get("webhook-id");
  const timestamp = headers.get("webhook-timestamp");
  const signatures = headers.get("webhook-signature");
  if (!id || !timestamp || !signatures) throw rejected("It carries no signature.");
  const ageSeconds = Math.abs(now.getTime() / 1000 - Number(timestamp));
  if (!(ageSeconds <= TOLERANCE_SECONDS)) throw rejected("It is too old, or this server's clock is wrong.");
  const key = Buffer.from((secret ?? (await webhookSecret())).replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${rawBody}`).digest();
  if (!signatures.split(" ").some((one) => matches(one, expected))) throw rejected("Its signature is wrong.");
  return { deliveryId: id, ...readBody(rawBody) };
}

function matches(signature: string, expected: Buffer): boolean {
  const [version, encoded] = signature.split(",");
  const given = Buffer.from(encoded ?? "", "base64");
  return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
}

function readBody(rawBody: string): { predictionId: string; status: Prediction["status"] } {
  try {
    const { id, status } = Prediction.parse(JSON.parse(rawBody));
    return { predictionId: id, status };
  } catch (cause) {
    throw new AppError("bad_input", "The webhook's body is not a prediction.", { cause });
  }
}

function rejected(why: string): AppError {
  return new AppError("forbidden", `This webhook was not accepted. ${why}`, { provider: "replicate" });
}

let fetched: Promise<string> | undefined;

/** The signing secret: from REPLICATE_WEBHOOK_SECRET, else asked of Replicate once per process. */
function webhookSecret(): Promise<string> {
  const { REPLICATE_WEBHOOK_SECRET } = env();
  if (REPLICATE_WEBHOOK_SECRET) return Promise.resolve(REPLICATE_WEBHOOK_SECRET);
  fetched ??= askForSecret().catch((error: unknown) => {
    fetched = undefined;
    throw error;
  });
  return fetched;
}

function askForSecret(): Promise<string> {
  const signal = AbortSignal.timeout(15_000);
  return callReplicate(
    { signal, timeoutSeconds: 15 },
    async (client) => Secret.parse(await client.webhooks.default.secret.get({ signal })).key,
  );
}
