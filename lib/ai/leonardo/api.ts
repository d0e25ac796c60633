import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Call, callProvider } from "../call";
import { failure, noCredit, type Party, type Refusal, refused } from "../failures";

export const LEONARDO: Party = {
  id: "leonardo",
  label: "Leonardo",
  keyName: "LEONARDO_API_KEY",
  billing: "app.leonardo.ai/api-access",
  afterLostAnswer: "reconcile",
};

const BASE_URL = "https://cloud.leonardo.ai/api/rest";

type Options = Partial<Pick<Call, "paid" | "timeoutSeconds">> & { signal: AbortSignal };

/** One request to Leonardo's API, read as `shape`. `path` begins with the version, as `v2/generations`. */
export function callLeonardo<T>(
  options: Options,
  path: string,
  shape: z.ZodType<T>,
  body?: Record<string, unknown>,
): Promise<T> {
  const { LEONARDO_API_KEY: key, LEONARDO_BASE_URL: baseUrl = BASE_URL } = env();
  if (!key) {
    throw new AppError("not_configured", "Leonardo has no key here.", {
      provider: "leonardo",
      action: "Put your key into LEONARDO_API_KEY and restart Kinora, or choose another model.",
    });
  }
  const headers = { accept: "application/json", "content-type": "application/json" };
  const init: RequestInit = {
    method: body ? "POST" : "GET",
    headers: { ...headers, authorization: `Bearer ${key}` },
    body: body && JSON.stringify(body),
  };
  return callProvider(toCall(options), async (fetch) => {
    const response = await fetch(`${baseUrl.replace(/\/$/, "")}/${path}`, init);
    const answer: unknown = await response.json();
    throwIfError(answer, response);
    return shape.parse(answer);
  });
}

/** A form sent to an address that Leonardo named; without our key. */
export function sendForm(options: Options, url: URL, form: FormData): Promise<void> {
  return callProvider(toCall(options), async (fetch) => {
    const response = await fetch(url, { method: "POST", body: form });
    if (!response.ok) throw new Error("The upload was not taken.");
  });
}

function toCall(options: Options): Call {
  return {
    who: LEONARDO,
    paid: false,
    timeoutSeconds: 30,
    detail: readError,
    explain: explainRefusal,
    ...options,
  };
}

/** Some refusals come with status 200, as `[{ message, extensions }]` or `{ error }`. */
function throwIfError(answer: unknown, { headers }: Response): void {
  const text = JSON.stringify(answer);
  const message = readError(text);
  if (!message) return;
  const refusal = { status: 400, headers, text };
  throw explainRefusal(refusal) ?? notAccepted(message);
}

function notAccepted(message: string): AppError {
  return failure(LEONARDO, "provider_input", `Leonardo does not accept this order. It says: “${message}”`, {
    action: "Change the prompt or the settings, or choose another model, then try again.",
  });
}

const NO_KEY = /authori[sz]ation hook|access-denied|authentication hook|api key/i;
const NO_CREDIT = /not enough|insufficient|(?:token|credit)s? (?:balance|exhausted)/i;
const REFUSED = /moderat|nsfw|inappropriate|blocked|content polic/i;

function explainRefusal({ status, text }: Refusal): AppError | undefined {
  if (status >= 500 || status === 429) return undefined;
  const message = readError(text);
  if (NO_KEY.test(message)) {
    return failure(LEONARDO, "provider_auth", "Leonardo does not accept the key in LEONARDO_API_KEY.", {
      action: "Put a valid key into LEONARDO_API_KEY, restart Kinora, then press Retry.",
    });
  }
  if (NO_CREDIT.test(message)) return noCredit(LEONARDO);
  if (REFUSED.test(message)) return refused(LEONARDO, message);
  return undefined;
}

const OneError = z.object({ error: z.string().optional(), message: z.string().optional() });

/** The words of `{ error, path, code }`, `{ message }`, `[{ message }]` or `{ errors: [{ message }] }`; else empty. */
function readError(text: string): string {
  try {
    const json = JSON.parse(text) as unknown;
    const list = Array.isArray(json) ? json : ((json as { errors?: unknown[] })?.errors ?? [json]);
    const parsed = OneError.safeParse(list[0]);
    return parsed.success ? (parsed.data.error ?? parsed.data.message ?? "") : "";
  } catch {
    return "";
  }
}
