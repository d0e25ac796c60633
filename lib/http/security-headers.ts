import { randomBytes } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env, publicUrl } from "@/lib/env";
import { FILE_POLICY, pagePolicy } from "./content-policy";

/** What Kinora never asks a browser for. */
const NEVER_USED = "camera display-capture geolocation hid microphone midi payment serial usb";

/**
 * Said with every answer of this web server: pages, files, endpoints and errors. Nobody may put them into a frame,
 * guess their type, or learn their addresses, which may hold tokens, by a link that leads elsewhere.
 */
const ALWAYS: Record<string, string> = {
  "permissions-policy": NEVER_USED.split(" ")
    .map((feature) => `${feature}=()`)
    .join(", "),
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
const ONE_YEAR_SECONDS = 31_536_000;
const NONCE_BYTES = 16;

/** Where route handlers answer, and never pages. */
const NO_PAGES = /^\/(api\/|media\/|healthz$|metrics$)/;

/**
 * Sets them as each request comes in. Not in Next's configuration: that is fixed when Kinora is built. `mediaSources`
 * are the addresses besides this server's own that media come from.
 */
export function sendSecurityHeaders(mediaSources: readonly string[]): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const headers = { ...ALWAYS, ...transportSecurity(), ...contentPolicy(request, mediaSources) };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  });
}

/** A studio that is reached by TLS stays with it for a year. */
function transportSecurity(): Record<string, string> {
  if (new URL(publicUrl()).protocol !== "https:") return {};
  return { "strict-transport-security": `max-age=${ONE_YEAR_SECONDS}` };
}

/** Next reads the nonce for a page's scripts from a header of the request, which nobody but us may set. */
function contentPolicy({ headers, url = "/" }: IncomingMessage, mediaSources: readonly string[]) {
  delete headers["content-security-policy-report-only"];
  const nonce = randomBytes(NONCE_BYTES).toString("base64");
  headers["content-security-policy"] = `script-src 'nonce-${nonce}'`;
  if (NO_PAGES.test(url.replace(/[?#].*/, ""))) return { "content-security-policy": FILE_POLICY };
  const own = new URL(publicUrl());
  const facts = {
    nonce,
    mediaSources,
    isTls: own.protocol === "https:" && headers.host === own.host,
    isDevelopment: env().NODE_ENV === "development",
  };
  return { "content-security-policy": pagePolicy(facts) };
}
