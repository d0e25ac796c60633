import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { ADDRESSES, type Treatment } from "./treatment";

export type Relay = { stop(): Promise<void> };

/** Starts the stretch of network on which requests break down. One per process. */
export async function startRelay(): Promise<Relay> {
  const nowhere = await listen(() => undefined);
  await nowhere.stop();
  ADDRESSES.set("refused", nowhere.url);
  const servers: { stop(): Promise<void> }[] = [];
  for (const treatment of ["lost", "answer lost", "answer cut", "never answered"] as const) {
    const server = await listen((asked, answer) => treat(treatment, asked, answer));
    ADDRESSES.set(treatment, server.url);
    servers.push(server);
  }
  return {
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

async function treat(treatment: Treatment, asked: IncomingMessage, answer: ServerResponse): Promise<void> {
  const body = await buffer(asked);
  if (treatment === "never answered") return;
  if (treatment === "lost") return void asked.socket.destroy();
  const answered = await forward(asked, body);
  if (treatment === "answer lost") return void asked.socket.destroy();
  answer.writeHead(answered.status, {
    "content-type": answered.type,
    "content-length": answered.body.length,
  });
  answer.write(answered.body.subarray(0, answered.body.length / 2), () => asked.socket.destroy());
}

/** The true host sees the request as it was sent, and answers it whole. */
function forward(asked: IncomingMessage, body: Buffer) {
  const [, host = "", path = ""] = /^\/([^/]+)(\/.*)$/.exec(asked.url ?? "") ?? [];
  const headers = { ...asked.headers, host };
  return new Promise<{ status: number; type: string; body: Buffer }>((resolve, reject) => {
    const outgoing = request(`http://${host}${path}`, { method: asked.method, headers, agent: false });
    outgoing.once("error", reject).once("response", async (response) => {
      const type = String(response.headers["content-type"]);
      resolve({ status: response.statusCode ?? 0, type, body: await buffer(response) });
    });
    outgoing.end(body);
  });
}

async function listen(handle: (asked: IncomingMessage, answer: ServerResponse) => unknown) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
