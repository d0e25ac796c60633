import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Who is at the other end of the connection: written here over whatever a browser sent under this name. */
export const PEER_HEADER = "x-kinora-peer";

/**
 * Notes the address of every connection on its requests. Next puts it into `x-forwarded-for` only where there is no
 * such header, so anybody could pretend to be anybody there.
 */
export function notePeers(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "unknown";
  });
}
