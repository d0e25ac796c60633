import { subscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";

const LONGEST_BODY_MS = 3_600_000;

/**
 * Node ends every request whose body takes longer than five minutes, the part of a film on a slow line too. Bodies
 * get an hour; what stalls is ended by whoever reads it. Headers keep their limit of a minute.
 */
export function allowSlowLines(longestBodyMs = LONGEST_BODY_MS): void {
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    server.requestTimeout = longestBodyMs;
  });
}
