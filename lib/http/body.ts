import { AppError } from "@/lib/errors";
import { isDeeperThan } from "@/lib/validate";
import { refuseBrokenText } from "./broken-text";

export const BODY_BYTES = 64 * 1024;
const MAX_DEPTH = 32;

/**
 * The body as text, read only once its caller is known. What says that it is longer than `maxBytes` is refused
 * unread, what turns out to be is cut there (`too_large`); what is not UTF-8 is `bad_input`.
 */
export async function readText(request: Request, maxBytes = BODY_BYTES): Promise<string> {
  return decode(await readBytes(request, maxBytes));
}

/** The body as JSON: no longer than `maxBytes`, no deeper than 32, and without text that a database refuses. */
export async function readJson(request: Request, maxBytes = BODY_BYTES): Promise<unknown> {
  const bytes = await readBytes(request, maxBytes);
  const text = decode(bytes);
  if (isDeeperThan(MAX_DEPTH, bytes)) throw new AppError("bad_input", "The request is nested too deeply.");
  try {
    return JSON.parse(text, (key, value: unknown) => {
      refuseBrokenText(key);
      if (typeof value === "string") refuseBrokenText(value);
      return value;
    });
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("bad_input", "The request is not JSON.", { cause });
  }
}

/** The body as it is, at most `maxBytes` of it; throws `too_large` where there is more. */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  if (request.bodyUsed) throw new AppError("bad_input", "The request has been read already.");
  const reader = request.body?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    bytes += part.value.byteLength;
    if (bytes > maxBytes) {
      // Not canceled: that would cut the line before its sender hears why.
      reader?.releaseLock();
      throw tooLarge(maxBytes);
    }
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError("bad_input", "The request is not text in UTF-8.", { cause });
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError("too_large", `The request is longer than ${Math.floor(maxBytes / 1024)} kB.`, {
    action: "Send less at once.",
  });
}
