import { NextRequest } from "next/server";
import { AppError } from "@/lib/errors";
import { BODY_BYTES, readBytes, readJson } from "./body";
import { refuseBrokenText } from "./broken-text";

/** The same request with its body read, for libraries that would read all of it: at most `maxBytes`. */
export async function readRequest(request: NextRequest, maxBytes = BODY_BYTES): Promise<NextRequest> {
  if (!request.body) return request;
  return withBody(request, await readBytes(request, maxBytes));
}

/**
 * The same request with a form as its body, sent as JSON or as a browser sends forms; any other body is dropped.
 * Throws `bad_input` for what is no flat list of texts, and for a `callbackUrl` that is no address.
 */
export async function readFormRequest(request: NextRequest): Promise<NextRequest> {
  const type = request.headers.get("content-type") ?? "";
  refuseBrokenCallback(request, request.nextUrl.searchParams.get("callbackUrl"));
  for (const { name, value } of request.cookies.getAll())
    if (name.endsWith("next-auth.callback-url")) refuseBrokenCallback(request, value);
  if (!request.body) return request;
  const read = await readRequest(request);
  const fields = await readFields(read.clone(), type);
  if (!fields) return withBody(request, undefined);
  if (Object.values(fields).some((field) => typeof field === "object"))
    throw new AppError("bad_input", "The form has a field that is no text.");
  refuseBrokenCallback(request, fields.callbackUrl);
  return read;
}

async function readFields(read: Request, type: string): Promise<Record<string, unknown> | null> {
  if (type.includes("application/json")) {
    const form = await readJson(read);
    if (typeof form === "object" && form !== null && !Array.isArray(form)) return { ...form };
    throw new AppError("bad_input", "The request is no form.");
  }
  if (!type.includes("application/x-www-form-urlencoded")) return null;
  const params = new URLSearchParams(await read.text());
  for (const [name, value] of params) refuseBrokenText(name + value);
  return Object.fromEntries(params);
}

function refuseBrokenCallback(request: NextRequest, callback: unknown): void {
  if (callback === null || callback === undefined || callback === "") return;
  const base = typeof callback === "string" && callback.startsWith("/") ? request.nextUrl.origin : undefined;
  const isAddress = typeof callback === "string" && URL.canParse(callback, base);
  if (isAddress && /^https?:$/.test(new URL(callback, base).protocol)) return;
  throw new AppError("bad_input", "The address to return to is damaged.", { action: "Open the page anew." });
}

function withBody(request: NextRequest, body: BodyInit | Buffer | undefined): NextRequest {
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.delete("transfer-encoding");
  return new NextRequest(request.url, { method: request.method, headers, body: body as BodyInit });
}
