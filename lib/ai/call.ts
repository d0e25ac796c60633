import { AppError, toAppError } from "@/lib/errors";
import { type Note, span } from "@/lib/telemetry";
import { isDeeperThan } from "@/lib/validate";
import { type Party, type Refusal, statusFailure, transportFailure, unreadable } from "./failures";
import { sendRequest } from "./http";
import type { Begun } from "./provider";

export type Call = {
  who: Party;
  /** The request may cost money: it is sent once, and an unclear end is `answer_lost`. Set by `placeOrder` alone. */
  paid: boolean;
  timeoutSeconds: number;
  signal: AbortSignal;
  headers?: Record<string, string>;
  /** The provider's error answer as an error of ours, where it says more than its status. */
  explain?(answer: Refusal): AppError | undefined;
  /** The words of an error answer. */
  detail(text: string): string;
};

/** A parser takes some hundred bytes for each level: 128 MB of brackets would be more than any machine has. */
const DEEPEST = 100_000;
/** What is longer is no error's words. */
const LONGEST_REFUSAL_BYTES = 64 * 1024;

/**
 * Sends an order through a provider's SDK, once. A clear no is an answer like any other; what is thrown means that
 * the order may have been taken, whether the answer was lost or only not understood.
 */
export async function placeOrder(
  call: Omit<Call, "paid">,
  run: (fetch: typeof globalThis.fetch) => Promise<Begun>,
): Promise<Begun> {
  try {
    return await callProvider({ ...call, paid: true }, run);
  } catch (error) {
    if (error instanceof AppError && error.code !== "answer_lost") return { state: "declined", error };
    throw error;
  }
}

/**
 * Runs one call of a provider's SDK over a fetch that sends at most one paid request, limits its time, reads the
 * whole answer and knows whether a lost one may have been taken. SDKs repeat what they don't understand, so every
 * failure is kept here and shown to them as a plain 418, which none of them repeats.
 */
export async function callProvider<T>(
  call: Call,
  run: (fetch: typeof globalThis.fetch) => Promise<T>,
): Promise<T> {
  let problem: AppError | undefined;
  let requests = 0;
  const guardedFetch: typeof globalThis.fetch = async (input, init) => {
    // OpenAI's SDK tries out forms on an empty data URL; that reaches nobody.
    if (String(input).startsWith("data:")) return globalThis.fetch(input, init);
    if (problem || (call.paid && requests > 0)) return new Response(null, { status: 418 });
    requests += 1;
    try {
      return await exchange(call, new Request(input, { ...init, signal: undefined }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problem = error;
      return new Response(null, { status: 418 });
    }
  };
  try {
    return await run(guardedFetch);
  } catch (error) {
    if (problem) throw problem;
    if (requests === 0) throw toAppError(error);
    if (error instanceof AppError && !call.paid) throw error;
    throw unreadable(call.who, call, error);
  }
}

/** One request, and its span: who was asked and what came of it, never the address or what was said. */
function exchange(call: Call, request: Request): Promise<Response> {
  const { hostname } = new URL(request.url);
  const facts = { "kinora.provider": call.who.id, "kinora.paid": call.paid, "server.address": hostname };
  const name = `${call.who.id} ${request.method}`;
  return span(name, { ...facts, "http.request.method": request.method }, (note) => send(call, request, note));
}

async function send(call: Call, request: Request, note: Note): Promise<Response> {
  const body = request.method === "GET" ? undefined : Buffer.from(await request.arrayBuffer());
  const headers = { ...Object.fromEntries(request.headers), ...call.headers };
  const { who, timeoutSeconds, signal } = call;
  const answer = await sendRequest({
    url: request.url,
    method: request.method,
    headers,
    body,
    timeoutSeconds,
    signal,
  }).catch((error: unknown) => {
    throw transportFailure(who, error, call);
  });
  note({ "http.response.status_code": answer.status });
  if (answer.status >= 200 && answer.status < 300) {
    if (isDeeperThan(DEEPEST, answer.body)) throw unreadable(who, call);
    return new Response(answer.status === 204 ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  }
  const text = answer.body.toString("utf8", 0, LONGEST_REFUSAL_BYTES);
  const refusal = { status: answer.status, headers: answer.headers, text };
  throw call.explain?.(refusal) ?? statusFailure(who, refusal, call.detail(refusal.text), call);
}
