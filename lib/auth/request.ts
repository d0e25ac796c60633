import { timingSafeEqual } from "node:crypto";
import { type Env, env, publicUrl } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { sha256 } from "@/lib/ids";
import { PEER_HEADER } from "./peer";
import { bySetup, countAttempt, takeBack } from "./throttle";

type HeadersLike = { get(name: string): string | null };

/**
 * The address a request came from: the connection's, or behind TRUST_PROXY proxies what the outermost of them wrote.
 * Each adds the address it was called from at the end; what stands before that, the visitor may have made up.
 */
export function clientAddress(headers: HeadersLike, e: Env = env()): string {
  const hops = forwardedFor(headers);
  const claimed = e.TRUST_PROXY > 0 ? (hops.at(-e.TRUST_PROXY) ?? hops[0]) : undefined;
  return claimed ?? headers.get(PEER_HEADER) ?? "unknown";
}

function forwardedFor(headers: HeadersLike): string[] {
  const hops = headers.get("x-forwarded-for")?.split(",") ?? [];
  return hops.map((hop) => hop.trim()).filter((hop) => hop !== "");
}

const isLoopback = (host: string) =>
  /^(localhost|127(\.\d+){3}|\[?::1\]?|(\[?::ffff:127(\.\d+){3}\]?))$/.test(host);

/**
 * Whether the first visitor must show the setup code: always, unless Kinora listens on this machine alone and
 * the browser asked for localhost (another name would be a page elsewhere pointing at us).
 */
export function needsSetupCode(headers: HeadersLike, e: Env = env()): boolean {
  const asked = (headers.get("x-forwarded-host") ?? headers.get("host") ?? "").replace(/:\d+$/, "");
  const from = [headers.get(PEER_HEADER) ?? "unknown", ...forwardedFor(headers)];
  const local = [e.HOST, new URL(publicUrl(e)).hostname, asked, ...from];
  return !local.every(isLoopback);
}

/** Whether the setup page asks for a code; `missing` when it would have to and the server has none. */
export function setupCode(headers: HeadersLike): "not needed" | "needed" | "missing" {
  if (!needsSetupCode(headers)) return "not needed";
  return env().SETUP_CODE ? "needed" : "missing";
}

/** Throws unless the code is the one printed where Kinora was started. */
export async function checkSetupCode(code: string, headers: HeadersLike): Promise<void> {
  if (!needsSetupCode(headers)) return;
  const expected = env().SETUP_CODE;
  if (!expected) {
    throw new AppError("not_configured", "Kinora was started without a setup code.", {
      action: "Set SETUP_CODE on the server and restart, or open Kinora on the machine it runs on.",
    });
  }
  const attempt = await countAttempt(bySetup(clientAddress(headers)));
  // Hashes have one length, which timingSafeEqual asks for.
  if (!timingSafeEqual(Buffer.from(sha256(code)), Buffer.from(sha256(expected)))) {
    throw new AppError("forbidden", "The setup code is wrong.", {
      action: "It is printed in the terminal where Kinora was started.",
      fields: { code: "This is not the code printed in the terminal." },
    });
  }
  await takeBack(attempt);
}
