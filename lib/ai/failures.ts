import { AppError, type ErrorCode, toAppError } from "@/lib/errors";
import { cleanExcerpt, cutText } from "@/lib/text";
import { TransportError } from "./http";
import type { AfterLostAnswer, ProviderCheck, ProviderId } from "./provider";
import { readRetryAfter } from "./retry-after";

/** How a provider is spoken of in messages. */
export type Party = {
  id: ProviderId;
  label: string;
  /** The environment variable that carries its key. */
  keyName: string;
  /** Where its account is topped up. */
  billing: string;
  afterLostAnswer: AfterLostAnswer;
};

/** `paid`: the request may cost money, so an unclear end is `answer_lost` and never an invitation to repeat it. */
export type CallKind = { paid: boolean };

const RETRIED_BY_ITSELF = "Nothing to do: Kinora tries again by itself.";

/** An exchange that ended early, as an error of its provider. */
export function transportFailure(who: Party, error: unknown, { paid }: CallKind): AppError {
  if (!(error instanceof TransportError)) throw error;
  const { sent, reason } = error;
  if (paid && sent) return answerLost(who, LOST[reason], error);
  if (reason === "canceled") return failure(who, "canceled", "The work was canceled.", { cause: error });
  if (reason === "too_large")
    return failure(who, "provider_answer", `${who.label} sent an answer that is far too large.`, {
      cause: error,
    });
  const how =
    reason === "timeout" ? "did not answer in time" : sent ? "broke off its answer" : "cannot be reached";
  return failure(who, "provider_down", `${who.label} ${how}.`, { action: RETRIED_BY_ITSELF, cause: error });
}

const LOST: Record<TransportError["reason"], string> = {
  dropped: "the connection broke after the order was sent",
  timeout: "no answer came in time",
  canceled: "the work was canceled just after the order was sent",
  too_large: "the answer was far too large to read",
  unreachable: "the connection broke",
};

/** The answer to an order is lost or unreadable: it may have been taken, and may be billed. */
export function answerLost(who: Party, how: string, cause?: unknown): AppError {
  const action =
    who.afterLostAnswer === "reconcile"
      ? `Nothing to do: Kinora asks ${who.label} what it has taken before anything is ordered again.`
      : `Look at your account at ${who.billing}, then choose “order again” or “do not pay again”.`;
  const message = `${who.label} may have taken the order, but ${how}.`;
  return failure(who, "answer_lost", message, { action, cause });
}

/** An answer that says nothing usable, where asking again is harmless. */
export function unreadable(who: Party, { paid }: CallKind, cause?: unknown): AppError {
  if (paid) return answerLost(who, "its answer was not readable", cause);
  const message = `${who.label} sent an answer that Kinora cannot read.`;
  return failure(who, "provider_answer", message, { action: RETRIED_BY_ITSELF, cause });
}

export type Refusal = { status: number; headers: Headers; text: string };

/** An answer with an error status, as an error of its provider. `detail` is what the provider itself wrote. */
export function statusFailure(who: Party, answer: Refusal, detail: string, kind: CallKind): AppError {
  const { status } = answer;
  const said = detail ? ` It says: “${plainDetail(detail)}”` : "";
  switch (true) {
    case status === 403:
      return failure(who, "provider_auth", `${who.label} does not allow this to your account.${said}`, {
        action: `Check what the key in ${who.keyName} may do, then press Retry, or choose another model.`,
      });
    case status === 401:
      return failure(who, "provider_auth", `${who.label} does not accept the key in ${who.keyName}.`, {
        action: `Put a valid key into ${who.keyName}, restart Kinora, then press Retry.`,
      });
    case status === 402:
      return noCredit(who);
    case status === 429: {
      const retryAfterSeconds = readRetryAfter(answer.headers, detail);
      return failure(who, "provider_throttled", `${who.label} is limiting how many orders it takes.`, {
        action: `Nothing to do: Kinora tries again in ${retryAfterSeconds} s.`,
        retryAfterSeconds,
      });
    }
    case status === 408 || status === 409 || status === 425:
      // No specification of theirs says that such an order was not taken.
      if (kind.paid) return answerLost(who, `it answered with ${status}`);
      return failure(who, "provider_down", `${who.label} was busy.${said}`, { action: RETRIED_BY_ITSELF });
    case status >= 500 || status < 400:
      return serverFailure(who, answer, kind);
    default:
      return failure(who, "provider_input", `${who.label} does not accept this order.${said}`, {
        action: "Change the prompt or the settings, or choose another model, then try again.",
      });
  }
}

/**
 * A 5xx may come after an order was taken. Only a 503 in the provider's own words is a no, for it means not handled;
 * a gateway's page tells nothing, and no specification promises that what ends in a 500 is not billed.
 */
function serverFailure(who: Party, { status, text }: Refusal, { paid }: CallKind): AppError {
  const clear = !paid || (status === 503 && isJsonObject(text));
  if (!clear) return answerLost(who, `it answered with an error of its own (${status})`);
  return failure(who, "provider_down", `${who.label} has a problem of its own (${status}).`, {
    action: RETRIED_BY_ITSELF,
  });
}

export function noCredit(who: Party): AppError {
  return failure(who, "provider_credit", `The account at ${who.label} has no credit left.`, {
    action: `Add credit at ${who.billing}, then press Retry. What is finished is kept.`,
  });
}

export function refused(who: Party, detail = ""): AppError {
  const said = detail ? ` It says: “${plainDetail(detail)}”` : "";
  return failure(who, "provider_refused", `${who.label} refuses to make this.${said}`, {
    action: "Change the prompt or the picture, or choose another model. Its content rules decide this.",
  });
}

export function failure(
  who: Pick<Party, "id">,
  code: ErrorCode,
  message: string,
  options: ConstructorParameters<typeof AppError>[2] = {},
): AppError {
  return new AppError(code, message, { provider: who.id, ...options });
}

/** The doctor's question, whose every failure is an answer too. */
export async function checkedBy(ask: () => Promise<ProviderCheck>): Promise<ProviderCheck> {
  try {
    return await ask();
  } catch (error) {
    const { message, action, retry } = toAppError(error);
    return { state: retry === "later" ? "warn" : "fail", detail: message, mend: action };
  }
}

/** Read of a provider's words at most; of those, 300 characters are shown. */
const LONGEST_DETAIL = 2000;

/** A provider's own words, shortened, without addresses and anything that looks like a key. */
export function plainDetail(text: string): string {
  const plain = cleanExcerpt(text, LONGEST_DETAIL)
    .replace(/\b(?:https?|data):\S+/gi, "…")
    .replace(/\b(?=[\w-]*\d)[\w-]{24,}\b/g, "…")
    .replace(/\s+/g, " ")
    .trim();
  return cutText(plain, 300, "…");
}

function isJsonObject(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
