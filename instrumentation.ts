import type { Instrumentation } from "next";
import { notePeers } from "@/lib/auth/peer";
import { boundForms } from "@/lib/http/bound-forms";
import { leaveOnSignals } from "@/lib/http/leaving";
import { acceptOwnOrigin } from "@/lib/http/own-origin";
import { sendSecurityHeaders } from "@/lib/http/security-headers";
import { allowSlowLines } from "@/lib/http/slow-lines";
import { quietConsole } from "@/lib/log";
import { mediaSources } from "@/lib/storage";
import { reportUnexpected, startTelemetry, stopTelemetry } from "@/lib/telemetry";

/** Once, before the web server takes its first request. */
export async function register(): Promise<void> {
  quietConsole();
  notePeers();
  acceptOwnOrigin();
  boundForms();
  allowSlowLines();
  sendSecurityHeaders(await mediaSources());
  await startTelemetry("web");
  leaveOnSignals(stopTelemetry);
}

/** What Next caught while it rendered. The route as it is written in app/, for the address may hold tokens. */
export const onRequestError: Instrumentation.onRequestError = (thrown, _request, context) => {
  reportUnexpected(thrown, { route: context.routePath, kind: context.routeType });
};
