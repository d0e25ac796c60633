import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { requireKey } from "./key";
import type { SignOptions } from "./storage";

/** Long enough for an evening in front of one page; a link that leaks is dead the next day. */
const DEFAULT_SECONDS = 6 * 3600;

export type SigningWindow = { beginsAt: Date; endsAt: Date; seconds: number };

/**
 * The window that a URL signed now falls into. Windows of `seconds` are laid out from the epoch and a URL works
 * until the end of the next one, so for between `seconds` and twice as long. All URLs of a window are equal:
 * a page that is rendered again shows the same ones and the browser keeps its cache.
 */
export function signingWindow(seconds = DEFAULT_SECONDS, now = Date.now()): SigningWindow {
  const beginsAt = Math.floor(now / 1000 / seconds) * seconds;
  return {
    beginsAt: new Date(beginsAt * 1000),
    endsAt: new Date((beginsAt + 2 * seconds) * 1000),
    seconds: 2 * seconds,
  };
}

/** A path of the media route that we gave to a member of the file's workspace, or to a provider. */
export function signMediaPath(key: string, options: SignOptions = {}, now = Date.now()): string {
  const expiry = Math.floor(signingWindow(options.seconds, now).endsAt.getTime() / 1000);
  const query = new URLSearchParams({ e: String(expiry) });
  if (options.downloadAs) query.set("d", options.downloadAs);
  if (options.forProvider) query.set("p", "1");
  query.set("s", sign(requireKey(key), expiry, options.downloadAs ?? "", options.forProvider ?? false));
  return `/media/${key}?${query}`;
}

export type SignedMedia = { key: string; expiresAt: Date; downloadAs?: string; forProvider: boolean };

/** Throws `forbidden` for a path that we did not sign or that has expired. */
export function verifyMediaPath(key: string, query: URLSearchParams, now = Date.now()): SignedMedia {
  const expiry = Number(query.get("e"));
  const downloadAs = query.get("d") ?? "";
  const forProvider = query.get("p") === "1";
  const given = Buffer.from(query.get("s") ?? "");
  const expected = Buffer.from(sign(key, expiry, downloadAs, forProvider));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new AppError("forbidden", "This media link is not valid.", {
      action: "Open the file from the library.",
    });
  }
  if (expiry * 1000 <= now) {
    throw new AppError("forbidden", "This media link has expired.", { action: "Reload the page." });
  }
  return { key, expiresAt: new Date(expiry * 1000), downloadAs: downloadAs || undefined, forProvider };
}

function sign(key: string, expiry: number, downloadAs: string, forProvider: boolean): string {
  return createHmac("sha256", mediaSecret())
    .update(JSON.stringify([key, expiry, downloadAs, forProvider]))
    .digest("base64url");
}

const secrets = new Map<string, Buffer>();

/** A key of its own, derived from AUTH_SECRET: knowing one of the two does not give the other. */
function mediaSecret(): Buffer {
  const secret = env().AUTH_SECRET;
  if (!secret) {
    throw new AppError("not_configured", "AUTH_SECRET is not set, so media links cannot be signed.", {
      action: "Start with npm start, which makes one, or set AUTH_SECRET to 32 random characters or more.",
    });
  }
  let derived = secrets.get(secret);
  if (!derived) {
    derived = Buffer.from(hkdfSync("sha256", secret, "", "kinora media links", 32));
    secrets.set(secret, derived);
  }
  return derived;
}
