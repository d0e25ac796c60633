import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type Call, callProvider, placeOrder } from "../call";
import { failure, noCredit, plainDetail, type Refusal, refused } from "../failures";
import { OperationId } from "../operation-id";
import type { Operation, Send } from "../provider";
import { LEONARDO } from "./declaration";

const BASE_URL = "https://cloud.leonardo.ai/api/rest";

type Options = Partial<Pick<Call, "timeoutSeconds">> & { signal: AbortSignal };

/** One free request to Leonardo's API, read as `shape`. `path` begins with the version, as `v1/generations`. */
export function callLeonardo<T>(
  options: Options,
  path: string,
  shape: z.ZodType<T>,
  body?: Record<string, unknown>,
): Promise<T> {
  const request = requestTo(path, body);
  return callProvider({ ...toCall(options), paid: false }, async (fetch) => {
    const response = await fetch(request.url, request.init);
    const answer: unknown = await response.json();
    const read = shape.safeParse(answer);
    if (read.success) return read.data;
    throw errorIn(answer) ?? read.error;
  });
}

const Created = z.object({ generate: z.object({ generationId: OperationId }) });

/** One order, to be sent. An id means taken, whatever else the answer says; a no may come with status 200 as well. */
export function orderFromLeonardo(
  options: Options,
  body: Record<string, unknown>,
  toOperation: (id: string) => Operation,
): Send {
  const request = requestTo("v2/generations", body);
  return () =>
    placeOrder(toCall(options), async (fetch) => {
      const response = await fetch(request.url, request.init);
      const answer: unknown = await response.json();
      const created = Created.safeParse(answer);
      if (created.success)
        return { state: "accepted", operation: toOperation(created.data.generate.generationId) };
      const error = errorIn(answer);
      if (error) return { state: "declined", error };
      throw created.error;
    });
}

function requestTo(path: string, body?: Record<string, unknown>): { url: string; init: RequestInit } {
  const { LEONARDO_API_KEY: key, LEONARDO_BASE_URL: baseUrl = BASE_URL } = env();
  if (!key) {
    throw new AppError("not_configured", "Leonardo has no key here.", {
      provider: "leonardo",
      action: "Put your key into LEONARDO_API_KEY and restart Kinora, or choose another model.",
    });
  }
  const headers = { accept: "application/json", "content-type": "application/json" };
  const init = {
    method: body ? "POST" : "GET",
    headers: { ...headers, authorization: `Bearer ${key}` },
    body: body && JSON.stringify(body),
  };
  return { url: `${baseUrl.replace(/\/$/, "")}/${path}`, init };
}

/** A form sent to an address that Leonardo named; without our key. */
export function sendForm(options: Options, url: URL, form: FormData): Promise<void> {
  return callProvider({ ...toCall(options), paid: false }, async (fetch) => {
    const response = await fetch(url, { method: "POST", body: form });
    if (!response.ok) throw new Error("The upload was not taken.");
  });
}

function toCall(options: Options): Omit<Call, "paid"> {
  return {
    who: LEONARDO,
    timeoutSeconds: 30,
    detail: readError,
    explain: explainRefusal,
    ...options,
  };
}

/** The error that an answer with status 200 holds, as `[{ message, extensions }]` or `{ error }`. */
function errorIn(answer: unknown): AppError | undefined {
  const text = JSON.stringify(answer);
  const message = readError(text);
  if (!message) return undefined;
  return explainRefusal({ status: 400, headers: new Headers(), text }) ?? notAccepted(message);
}

function notAccepted(message: string): AppError {
  return failure(
    LEONARDO,
    "provider_input",
    `Leonardo does not accept this order. It says: “${plainDetail(message)}”`,
    {
      action: "Change the prompt or the settings, or choose another model, then try again.",
    },
  );
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

const LONGEST_MESSAGE = 2000;
const OneError = z.object({ error: z.string().optional(), message: z.string().optional() });

/** The words of `{ error, path, code }`, `{ message }`, `[{ message }]` or `{ errors: [{ message }] }`; else empty. */
function readError(text: string): string {
  try {
    const json = JSON.parse(text) as unknown;
    const list = Array.isArray(json) ? json : ((json as { errors?: unknown[] })?.errors ?? [json]);
    const parsed = OneError.safeParse(list[0]);
    const message = parsed.success ? (parsed.data.error ?? parsed.data.message ?? "") : "";
    return message.slice(0, LONGEST_MESSAGE);
  } catch {
    return "";
  }
}
