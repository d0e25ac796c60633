import OpenAI from "openai";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Call, callProvider, placeOrder } from "../call";
import { noCredit, type Refusal, refused } from "../failures";
import { modelGone, modelOf } from "../models";
import type { Begun, Send } from "../provider";
import { OPENAI } from "./declaration";

type Options = Partial<Pick<Call, "timeoutSeconds">> & { signal: AbortSignal; model?: string };

/** One free call of OpenAI's SDK, which by itself would repeat a POST twice. */
export function callOpenAi<T>(options: Options, run: (client: OpenAI) => Promise<T>): Promise<T> {
  const call = toCall(options);
  const connect = connector(call.timeoutSeconds);
  return callProvider({ ...call, paid: false }, (fetch) => run(connect(fetch)));
}

/** One order through OpenAI's SDK, to be sent. */
export function orderFromOpenAi(options: Options, run: (client: OpenAI) => Promise<Begun>): Send {
  const call = toCall(options);
  const connect = connector(call.timeoutSeconds);
  return () => placeOrder(call, (fetch) => run(connect(fetch)));
}

function connector(timeoutSeconds: number): (fetch: typeof globalThis.fetch) => OpenAI {
  const { OPENAI_API_KEY: apiKey, OPENAI_ORG_ID: organization, OPENAI_BASE_URL: baseURL } = env();
  if (!apiKey) {
    throw new AppError("not_configured", "OpenAI has no key here.", {
      provider: "openai",
      action: "Put your key into OPENAI_API_KEY and restart Kinora, or choose another model.",
    });
  }
  // Our own limit ends a call, so that we know whether it was sent; the SDK's lies beyond it.
  const timeout = (timeoutSeconds + 60) * 1000;
  return (fetch) =>
    new OpenAI({ apiKey, organization, baseURL, fetch, timeout, maxRetries: 0, logLevel: "off" });
}

function toCall({ model, ...options }: Options): Omit<Call, "paid"> {
  return {
    who: OPENAI,
    timeoutSeconds: 30,
    detail: (text) => readError(text).message,
    explain: (answer) => explainRefusal(answer, model),
    ...options,
  };
}

const NO_CREDIT = new Set(["insufficient_quota", "billing_hard_limit_reached", "billing_not_active"]);
const REFUSED = new Set(["moderation_blocked", "content_policy_violation", "image_content_policy_violation"]);

/** What OpenAI tells by its code, where the status is ambiguous. */
function explainRefusal({ status, text }: Refusal, model?: string): AppError | undefined {
  const { code, message } = readError(text);
  if (model && (code === "model_not_found" || status === 404 || status === 410))
    return modelGone(modelOf(OPENAI, model), OPENAI.models);
  if (NO_CREDIT.has(code)) return noCredit(OPENAI);
  if (REFUSED.has(code)) return refused(OPENAI, message);
  return undefined;
}

/** OpenAI words its errors as `{ error: { message, type, param, code } }`. */
function readError(text: string): { code: string; message: string } {
  try {
    const { error } = JSON.parse(text) as { error?: { code?: unknown; message?: unknown; type?: unknown } };
    return { code: String(error?.code ?? error?.type ?? ""), message: String(error?.message ?? "") };
  } catch {
    return { code: "", message: "" };
  }
}
