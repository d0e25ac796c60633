import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { AppError } from "@/lib/errors";

export type HttpRequest = {
  url: string | URL;
  method: string;
  headers: Record<string, string>;
  body?: Buffer;
  /** Limit of the whole exchange, from connecting to the last byte of the answer. */
  timeoutSeconds: number;
  /** Limit of silence on the connection. */
  idleSeconds?: number;
  signal: AbortSignal;
  lookup?: LookupFunction;
};

export type HttpAnswer = { status: number; headers: Headers; body: Buffer };

type Reason = "unreachable" | "dropped" | "timeout" | "canceled" | "too_large";

/** A request without a whole answer. `sent` is false only when certainly no byte of it reached the other side. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  constructor(
    readonly reason: Reason,
    readonly sent: boolean,
    cause?: unknown,
  ) {
    super(`The request ended early: ${reason}${sent ? " after it was sent" : ""}.`, { cause });
  }
}

const ANSWER_LIMIT_BYTES = 128 * 1024 * 1024;

/**
 * Sends one request on a connection of its own and reads the whole answer. Never repeats, never follows a redirect.
 * A pooled connection may die under a request that was or wasn't taken; a fresh one tells the two apart.
 */
export async function sendRequest(request: HttpRequest): Promise<HttpAnswer> {
  const exchange = openExchange(request);
  try {
    const { response, chunks } = await exchange.open();
    const body = await readWhole(chunks);
    return { status: response.statusCode ?? 0, headers: toHeaders(response), body };
  } finally {
    exchange.close();
  }
}

export type Exchange = {
  /** The answer's head, and its body to be streamed. Whatever breaks is a TransportError. */
  open(): Promise<{ response: IncomingMessage; chunks: AsyncIterable<Buffer> }>;
  close(): void;
};

/** Sends one request when opened; the answer's body is left to be streamed. */
export function openExchange(request: HttpRequest): Exchange {
  const timeout = AbortSignal.timeout(request.timeoutSeconds * 1000);
  const signal = AbortSignal.any([timeout, request.signal]);
  let sent = false;
  let outgoing: ClientRequest | undefined;
  const explain = (error: unknown): Error => {
    if (error instanceof AppError) return error;
    if (timeout.aborted || isTimeUp(request.signal)) return new TransportError("timeout", sent, error);
    if (request.signal.aborted) return new TransportError("canceled", sent, error);
    return new TransportError(sent ? "dropped" : "unreachable", sent, error);
  };
  async function* readChunks(response: IncomingMessage): AsyncGenerator<Buffer> {
    try {
      yield* response;
    } catch (error) {
      throw explain(error);
    }
  }
  return {
    async open() {
      try {
        const response = await new Promise<IncomingMessage>((resolve, reject) => {
          outgoing = start(request, signal, () => {
            sent = true;
          });
          outgoing.once("response", resolve).once("error", reject);
        });
        return { response, chunks: readChunks(response) };
      } catch (error) {
        throw explain(error);
      }
    },
    close: () => outgoing?.destroy(),
  };
}

/** The caller's own limit of time is a timeout too, not a cancelling. */
function isTimeUp({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof DOMException && reason.name === "TimeoutError";
}

/** The request on a socket of its own; `onSent` is called once the connection stands and bytes may flow. */
function start(request: HttpRequest, signal: AbortSignal, onSent: () => void): ClientRequest {
  const { body, method, lookup, idleSeconds } = request;
  const url = new URL(request.url);
  const secure = url.protocol === "https:";
  const length = body || method !== "GET" ? { "content-length": String(body?.length ?? 0) } : {};
  const headers = { ...request.headers, ...length };
  const outgoing = (secure ? httpsRequest : httpRequest)(url, {
    method,
    headers,
    signal,
    lookup,
    agent: false,
  });
  outgoing.once("socket", (socket) => socket.once(secure ? "secureConnect" : "connect", onSent));
  if (idleSeconds) outgoing.setTimeout(idleSeconds * 1000, () => outgoing.destroy(new Error("silence")));
  return outgoing.end(body);
}

async function readWhole(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > ANSWER_LIMIT_BYTES) throw new TransportError("too_large", true);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toHeaders(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, one);
  }
  return headers;
}
