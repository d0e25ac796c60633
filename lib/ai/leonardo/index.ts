import { z } from "zod";
import type { AppError } from "@/lib/errors";
import type { Order } from "../capability";
import { answerLost, checkedBy, failure } from "../failures";
import type { Actions, BeginContext, FindTaken, Operation, Send } from "../provider";
import { callLeonardo, orderFromLeonardo } from "./api";
import { LEONARDO } from "./declaration";
import { Generation, readGeneration } from "./generation";
import { type ModelParameters, mapOrder } from "./parameters";
import { uploadGuidances } from "./pictures";

const One = z.object({ generations_by_pk: Generation.nullable() });
/** One entry that cannot be read does not hide the others. */
const Many = z.object({ generations: z.array(Generation.catch({})) });
const Me = z.object({
  user_details: z
    .array(
      z.object({
        user: z.object({ id: z.string(), username: z.string().nullish().catch(undefined) }),
        apiSubscriptionTokens: z.number().nullish().catch(undefined),
        apiPaidTokens: z.number().nullish().catch(undefined),
      }),
    )
    .min(1),
});

export const actions: Actions = {
  prepare,
  async look(operation, signal) {
    const path = `v1/generations/${encodeURIComponent(operation.id)}`;
    const { generations_by_pk } = await callLeonardo({ signal }, path, One);
    if (!generations_by_pk) throw unknownOrder();
    return readGeneration(generations_by_pk, operation);
  },
  reconcile,
  async check(signal) {
    return checkedBy(async () => {
      const { user_details } = await callLeonardo({ signal, timeoutSeconds: 15 }, "v1/me", Me);
      const [me] = user_details;
      // It bills in dollars, and tells nobody the balance; credits are what older accounts may have beside.
      const credits = (me?.apiSubscriptionTokens ?? 0) + (me?.apiPaidTokens ?? 0);
      const left =
        credits > 0 ? `${credits} API credits left` : `its balance is shown at ${LEONARDO.billing}`;
      return { state: "ok", detail: `Signed in as ${me?.user.username ?? me?.user.id}; ${left}.` };
    });
  },
};

async function prepare(order: Order, { key, signal }: BeginContext): Promise<Send> {
  const input = mapOrder(order, key);
  const guidances = await uploadGuidances(order, signal);
  const parameters = { ...input.parameters, ...(guidances ? { guidances } : {}) };
  const body = { model: input.slug, public: false, parameters };
  return orderFromLeonardo({ signal, timeoutSeconds: 60 }, body, (id) => toOperation(id, order, input));
}

function toOperation(id: string, order: Order, { seed, size }: ModelParameters): Operation {
  return { provider: "leonardo", id, model: order.model, capability: order.capability, seed, size };
}

const NEWEST = 50;

/**
 * Looks for an order whose answer was lost among the newest generations: the one with its seed and prompt, if the seed
 * was made from our key or no other generation of ours owns it. That none is listed proves nothing here (the list
 * is documented for version 1 only), so then a person decides.
 */
async function reconcile(
  key: string,
  order: Order,
  _postedAt: Date,
  signal: AbortSignal,
  taken?: FindTaken,
): Promise<Operation | null> {
  const input = mapOrder(order, key);
  if (input.seed !== undefined && (input.seedIsOurs || taken)) {
    const { user_details } = await callLeonardo({ signal }, "v1/me", Me);
    const path = `v1/generations/user/${user_details[0]?.user.id}?offset=0&limit=${NEWEST}`;
    const { generations } = await callLeonardo({ signal }, path, Many);
    const same = generations.flatMap(({ id, seed, prompt }) =>
      id && seed === input.seed && prompt === input.parameters.prompt ? [id] : [],
    );
    const owned = await taken?.(same);
    const ours = same.findLast((id) => !owned?.has(id));
    if (ours) return toOperation(ours, order, input);
  }
  throw answerLost({ ...LEONARDO, afterLostAnswer: "ask" }, "its list of generations does not tell");
}

/** Just after it was taken an order may not be listed yet; later it means another account's key. */
function unknownOrder(): AppError {
  return failure(LEONARDO, "provider_answer", "Leonardo does not know this order (yet).", {
    action: "Was LEONARDO_API_KEY changed to another account? Put the former one back, then press Retry.",
  });
}
