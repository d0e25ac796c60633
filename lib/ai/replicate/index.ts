import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Order } from "../capability";
import { checkedBy, failure, type Refusal } from "../failures";
import { modelGone, modelOf } from "../models";
import type { Actions, BeginContext, Operation, Send } from "../provider";
import { callReplicate, orderFromReplicate } from "./api";
import { REPLICATE } from "./declaration";
import { mapOrder } from "./inputs";
import { addPictures } from "./pictures";
import { Prediction, readPrediction } from "./prediction";
import { reconcileReplicate, toOperation } from "./reconcile";
import { verifyReplicateWebhook } from "./webhook";

/** After this long an order that still waits or runs is stopped by Replicate itself. */
const CANCEL_AFTER = "30m";
const Account = z.object({ username: z.string() });

export const actions: Actions = {
  prepare,
  async look(operation, signal) {
    const call = { signal, explain: unknownOrder };
    return callReplicate(call, async (client) => {
      const prediction = await client.predictions.get(operation.id, { signal });
      return readPrediction(Prediction.parse(prediction), operation);
    });
  },
  reconcile: reconcileReplicate,
  cancel,
  async check(signal) {
    return checkedBy(async () => {
      const { username } = await callReplicate({ signal, timeoutSeconds: 15 }, async (client) =>
        Account.parse(await client.accounts.current({ signal })),
      );
      return { state: "ok", detail: `Signed in as ${username}.` };
    });
  },
  verifyWebhook: verifyReplicateWebhook,
};

async function prepare(order: Order, context: BeginContext): Promise<Send> {
  const { key, signal } = context;
  const input = mapOrder(order, key);
  const pictures = await addPictures(input, order, signal);
  const webhook = context.webhookUrl && withKey(context.webhookUrl, key);
  const explain = ({ status }: Refusal) =>
    status === 404 || status === 410
      ? modelGone(modelOf(REPLICATE, order.model), REPLICATE.models)
      : undefined;
  const call = { signal, timeoutSeconds: 60, headers: { "cancel-after": CANCEL_AFTER }, explain };
  const wish = {
    model: input.slug,
    input: { ...input.plain, ...pictures },
    ...(webhook ? { webhook, webhook_events_filter: ["completed" as const] } : {}),
    signal,
  };
  return orderFromReplicate(call, async (client) => {
    const created = await client.predictions.create(wish);
    return { state: "accepted", operation: toOperation(Prediction.parse(created), order, input) };
  });
}

/** Our key in the webhook URL: it finds the generation when the webhook comes, or when the answer is lost. */
function withKey(webhookUrl: string, key: string): string {
  const url = new URL(webhookUrl);
  url.searchParams.set("generation", key);
  return url.toString();
}

/** Stops an order; what has already ended stays as it is. */
async function cancel(operation: Operation, signal: AbortSignal): Promise<void> {
  try {
    await callReplicate({ signal }, (client) => client.predictions.cancel(operation.id, { signal }));
  } catch (error) {
    if (error instanceof AppError && error.code === "provider_input") return;
    throw error;
  }
}

function unknownOrder({ status }: { status: number }): AppError | undefined {
  if (status !== 404) return undefined;
  return failure(REPLICATE, "provider_failed", "Replicate does not know this order.", {
    action: "Was REPLICATE_API_TOKEN changed to another account? Put the former one back, then press Retry.",
  });
}
