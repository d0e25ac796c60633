import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { FORM_BYTES, FORM_TOO_LONG } from "./form-schema";

/** So much of what is too long is read after the answer: a line that is cut at once may take the answer with it. */
const DRAINED_BYTES = 8 * 1024 * 1024;
const bounded = new WeakSet<Server>();

/**
 * Refuses what is sent to a page and longer than any form of ours, before Next reads it: it would keep up to 10 MB of
 * it, and answer with 500. Endpoints under /api bound their bodies themselves, once they know their caller.
 */
export function boundForms(maxBytes = FORM_BYTES): void {
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    if (!bounded.has(server)) bound(server, maxBytes);
  });
}

/** The channel speaks before a request is given to whoever listens for it, so the first one is bounded as well. */
function bound(server: Server, maxBytes: number): void {
  bounded.add(server);
  const emit: (event: string, ...args: unknown[]) => boolean = server.emit.bind(server);
  server.emit = (event: string, ...args: unknown[]): boolean => {
    if (event !== "request") return emit(event, ...args);
    const [request, response] = args as [IncomingMessage, ServerResponse];
    if (request.url?.startsWith("/api/")) return emit(event, ...args);
    if (Number(request.headers["content-length"] ?? 0) > maxBytes) return refuse(request, response);
    if (request.headers["transfer-encoding"]) countBytes(request, response, maxBytes);
    return emit(event, ...args);
  };
}

/** Where the length is not said, what has arrived is counted; beyond the limit nothing more is handed on. */
function countBytes(request: IncomingMessage, response: ServerResponse, maxBytes: number): void {
  const push = request.push.bind(request);
  let bytes = 0;
  request.push = (chunk: Buffer | null, encoding?: BufferEncoding): boolean => {
    const before = bytes;
    bytes += chunk?.length ?? 0;
    if (bytes <= maxBytes) return push(chunk, encoding);
    if (before <= maxBytes) answer(response);
    if (chunk === null || bytes > maxBytes + DRAINED_BYTES) response.end();
    return true;
  };
}

function refuse(request: IncomingMessage, response: ServerResponse): true {
  answer(response);
  let bytes = 0;
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAINED_BYTES) response.end();
  });
  request.on("end", () => response.end());
  return true;
}

/** The whole answer, with the end left to be said: it closes the line, and whoever still waits for the body hears of it. */
function answer(response: ServerResponse): void {
  if (response.headersSent) return;
  const text = `${FORM_TOO_LONG} Send less at once.\n`;
  const headers = {
    "content-type": "text/plain",
    "content-length": text.length,
    "cache-control": "no-store",
  };
  response.writeHead(413, { ...headers, connection: "close" });
  response.write(text);
}
