import { eq } from "drizzle-orm";
import { type Provider, providers } from "@/lib/ai";
import { db, schema } from "@/lib/db";
import { AppError } from "@/lib/errors";

const { webhookDelivery } = schema;

/** A webhook that is truly its provider's. It is a hint that something moved; what moved is asked of the provider. */
export type Delivery = { id: string; provider: string; repeated: boolean };

/** The headers without which a provider's webhook is refused unread; `not_found` for whoever sends none. */
export function webhookHeaders(providerId: string): string[] {
  return receiver(providerId).webhook.signedWith;
}

/** Checks signature and age (throws `forbidden`), and whether this delivery has been dealt with before. */
export async function openWebhook(providerId: string, headers: Headers, rawBody: string): Promise<Delivery> {
  const { deliveryId } = await receiver(providerId).verifyWebhook(headers, rawBody);
  const [seen] = await db()
    .select({ id: webhookDelivery.id })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.id, deliveryId));
  return { id: deliveryId, provider: providerId, repeated: seen !== undefined };
}

/** Notes a delivery once it has been dealt with: what broke before that comes again. */
export async function closeWebhook({ id, provider }: Delivery): Promise<void> {
  await db().insert(webhookDelivery).values({ id, provider }).onConflictDoNothing();
}

function receiver(providerId: string): Required<Pick<Provider, "webhook" | "verifyWebhook">> {
  const { webhook, verifyWebhook } = providers().find(({ id }) => id === providerId) ?? {};
  if (webhook && verifyWebhook) return { webhook, verifyWebhook };
  throw new AppError("not_found", "No webhooks come here.");
}
