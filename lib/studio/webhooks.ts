import { eq } from "drizzle-orm";
import { verifyReplicateWebhook } from "@/lib/ai";
import { db, schema } from "@/lib/db";

const { webhookDelivery } = schema;

/** A webhook that is truly Replicate's. It is a hint that something moved; what moved is asked of Replicate. */
export type Delivery = { id: string; repeated: boolean };

/** Checks signature and age (throws `forbidden`), and whether this delivery has been dealt with before. */
export async function openReplicateWebhook(headers: Headers, rawBody: string): Promise<Delivery> {
  const { deliveryId } = await verifyReplicateWebhook(headers, rawBody);
  const [seen] = await db()
    .select({ id: webhookDelivery.id })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.id, deliveryId));
  return { id: deliveryId, repeated: seen !== undefined };
}

/** Notes a delivery once it has been dealt with: what broke before that comes again. */
export async function closeWebhook({ id }: Delivery, provider: "replicate"): Promise<void> {
  await db().insert(webhookDelivery).values({ id, provider }).onConflictDoNothing();
}
