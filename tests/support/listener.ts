import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Heard = { path: string; headers: IncomingHttpHeaders; body: Buffer };
export type Listener = { url: string; heard: Heard[]; stop(): void };

/** A server on this machine that answers everything with 200 and `{}`, and keeps what it was sent. */
export async function listen(): Promise<Listener> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    heard.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
