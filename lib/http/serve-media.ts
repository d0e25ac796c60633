import { isSignedInTo } from "@/lib/auth";
import { env } from "@/lib/env";
import { AppError, toAppError } from "@/lib/errors";
import { contentHash } from "@/lib/ids";
import { log } from "@/lib/log";
import {
  downloadDisposition,
  type SignedMedia,
  type StoredFile,
  storage,
  verifyMediaPath,
} from "@/lib/storage";
import { type ByteRange, parseRange } from "./byte-range";
import { FILE_POLICY } from "./content-policy";
import { toWebStream } from "./web-stream";

/**
 * Answers GET and HEAD of a signed media link: whole files and single byte ranges, so that films seek. The signature
 * is not all: whoever asks must be a member of the file's workspace still, unless the link was made for a provider.
 * Unsigned and expired links, and other people, learn nothing about what exists.
 */
export async function serveMedia(
  request: Request,
  key: string,
  isMember: (workspaceId: string) => Promise<boolean> = isSignedInTo,
): Promise<Response> {
  try {
    const media = verifyMediaPath(key, new URL(request.url).searchParams);
    if (needsMember(media) && !(await isMember(workspaceOf(key)))) throw notAMember();
    const file = await storage().head(key);
    if (!file) return refuse(404, "This file does not exist any more.");
    return await answer(request, media, file);
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.status >= 500) log.error({ err: thrown, key }, "media could not be served");
    return refuse(error.status, [error.message, error.action].filter(Boolean).join(" "));
  }
}

/** Pages of other origins cannot send our cookies along: where they may embed media, the signature has to do. */
const needsMember = ({ forProvider }: SignedMedia) => !forProvider && !env().CORS_ORIGINS;
const workspaceOf = (key: string) => key.split("/")[0] ?? "";

function notAMember(): AppError {
  return new AppError("forbidden", "This file is for members of its workspace.", {
    action: "Sign in and open it from the library.",
  });
}

async function answer(request: Request, media: SignedMedia, file: StoredFile): Promise<Response> {
  const etag = `"${contentHash([media.key, file.bytes]).slice(0, 32)}"`;
  const headers = mediaHeaders(media, file, etag);
  if (matches(request.headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers });

  const range = wantedRange(request, file.bytes, etag);
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${file.bytes}`);
    headers.set("content-length", "0");
    return new Response(null, { status: 416, headers });
  }
  headers.set("content-length", String(range ? range.end - range.start + 1 : file.bytes));
  if (range) headers.set("content-range", `bytes ${range.start}-${range.end}/${file.bytes}`);
  const status = range ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });

  const { stream } = await storage().get(media.key, range ?? undefined);
  return new Response(toWebStream(stream), { status, headers });
}

/** A range of another version of the file (`If-Range`) is the whole file. */
function wantedRange(request: Request, bytes: number, etag: string): ByteRange | "unsatisfiable" | null {
  const condition = request.headers.get("if-range");
  if (condition !== null && condition !== etag) return null;
  return parseRange(request.headers.get("range"), bytes);
}

function matches(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === etag);
}

/**
 * Files never change, so a browser may keep one for as long as its link works; only the browser, as it is private.
 * Whatever a file contains, nothing in it runs: its type is not guessed and as a page of its own it is sandboxed.
 */
function mediaHeaders(media: SignedMedia, file: StoredFile, etag: string): Headers {
  const secondsLeft = Math.max(0, Math.floor((media.expiresAt.getTime() - Date.now()) / 1000));
  const headers = new Headers({
    "accept-ranges": "bytes",
    "cache-control": `private, max-age=${secondsLeft}, immutable`,
    "content-security-policy": FILE_POLICY,
    "content-type": file.mime,
    "cross-origin-resource-policy": env().CORS_ORIGINS ? "cross-origin" : "same-origin",
    etag,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  if (media.downloadAs) headers.set("content-disposition", downloadDisposition(media.downloadAs));
  return headers;
}

function refuse(status: number, message: string): Response {
  return new Response(`${message}\n`, {
    status,
    headers: {
      "cache-control": "no-store",
      "content-type": "text/plain; charset=utf-8",
      "x-content-type-options": "nosniff",
    },
  });
}
