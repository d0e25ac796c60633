import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import { publicUrl } from "@/lib/env";

/** What Kinora never asks a browser for. */
const NEVER_USED = "camera display-capture geolocation hid microphone midi payment serial usb";

/**
 * Said with every answer of this web server: pages, files, endpoints and errors. Nobody may put them into a frame,
 * guess their type, or learn their addresses, which may hold tokens, by a link that leads elsewhere.
 */
const ALWAYS: Record<string, string> = {
  "content-security-policy": "frame-ancestors 'none'; base-uri 'self'; object-src 'none'",
  "permissions-policy": NEVER_USED.split(" ")
    .map((feature) => `${feature}=()`)
    .join(", "),
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
const ONE_YEAR_SECONDS = 31_536_000;

/** The headers for a studio at this address; one that is reached by TLS stays with it for a year. */
export function securityHeaders(address: string): Record<string, string> {
  if (new URL(address).protocol !== "https:") return ALWAYS;
  return { ...ALWAYS, "strict-transport-security": `max-age=${ONE_YEAR_SECONDS}` };
}

/** Sets them as each request comes in. Not in Next's configuration: that is fixed when Kinora is built. */
export function sendSecurityHeaders(): void {
  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    for (const [name, value] of Object.entries(securityHeaders(publicUrl()))) response.setHeader(name, value);
  });
}
