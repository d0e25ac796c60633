import { subscribe } from "node:diagnostics_channel";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { publicUrl } from "@/lib/env";
import { log } from "@/lib/log";

const MOST_TOLD = 10;
const told = new Set<string>();

/**
 * Next takes a form only where the browser's Origin is the Host. A proxy that passes another Host on would have all of
 * them refused: what comes from KINORA_URL is ours, whatever the Host. What comes from elsewhere is named in the log.
 */
export function acceptOwnOrigin(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.method === "POST") settleHost(request.headers, publicUrl(), tellOnce);
  });
}

/** Makes the Host fit an Origin that is our own address; tells of a form that will be refused. */
export function settleHost(headers: IncomingHttpHeaders, own: string, tell: (origin: string) => void): void {
  const { origin } = headers;
  if (!origin || !URL.canParse(origin)) return;
  const { host } = new URL(origin);
  const forwarded = String(headers["x-forwarded-host"] ?? "")
    .split(",")[0]
    ?.trim();
  if (host === (forwarded || headers.host)) return;
  if (new URL(origin).origin === new URL(own).origin) headers["x-forwarded-host"] = host;
  else if (headers["next-action"]) tell(new URL(origin).origin);
}

function tellOnce(origin: string): void {
  if (told.has(origin) || told.size >= MOST_TOLD) return;
  told.add(origin);
  log.warn(
    { origin: origin.slice(0, 200), expected: publicUrl() },
    "a form was refused: it came from an address that is neither KINORA_URL nor the Host that the proxy passes on. " +
      "If people use it, set KINORA_URL to it",
  );
}
