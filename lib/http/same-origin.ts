import { publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Throws `forbidden` where a page of another origin asks for a change. Programs, which carry neither header, pass:
 * a browser always sends at least one of them.
 */
export function requireSameOrigin(request: Request): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  if (site === "same-origin" || site === "none") return;
  const origin = request.headers.get("origin");
  if (site === null && (origin === null || isOurs(origin, request))) return;
  throw new AppError("forbidden", "Another site asked for this.", {
    action: "Open Kinora at its own address and try again.",
  });
}

function isOurs(origin: string, request: Request): boolean {
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === new URL(publicUrl()).host || host === request.headers.get("host");
}
