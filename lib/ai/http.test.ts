import { createServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { type HttpRequest, sendRequest } from "./http";

const request = (url: string, more: Partial<HttpRequest> = {}) =>
  sendRequest({
    url,
    method: "POST",
    headers: {},
    body: Buffer.from("{}"),
    timeoutSeconds: 5,
    signal: AbortSignal.timeout(10_000),
    ...more,
  });

async function portOf(server: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): unknown;
}) {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

describe("whether a request was sent", () => {
  it("is known to be no when nobody listens, or the name is unknown", async () => {
    await expect(request("http://127.0.0.1:1/")).rejects.toMatchObject({
      reason: "unreachable",
      sent: false,
    });
    await expect(request("http://no-such-host.invalid/")).rejects.toMatchObject({ sent: false });
  });

  it("is known to be no when the other side does not speak TLS", async () => {
    const server = createTcpServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const port = await portOf(server);
    onTestFinished(() => void server.close());
    await expect(request(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      reason: "unreachable",
      sent: false,
    });
  });

  it("is perhaps once the connection stood: dropped, silent, or talking nonsense", async () => {
    const dropping = createTcpServer((socket) => socket.once("data", () => socket.destroy()));
    const silent = createTcpServer(() => undefined);
    const nonsense = createTcpServer((socket) => socket.once("data", () => socket.end("what?\r\n\r\n")));
    const [a, b, c] = [await portOf(dropping), await portOf(silent), await portOf(nonsense)];
    await expect(request(`http://127.0.0.1:${a}/`)).rejects.toMatchObject({ reason: "dropped", sent: true });
    await expect(request(`http://127.0.0.1:${b}/`, { timeoutSeconds: 0.2 })).rejects.toMatchObject({
      reason: "timeout",
      sent: true,
    });
    await expect(request(`http://127.0.0.1:${c}/`)).rejects.toMatchObject({ reason: "dropped", sent: true });
    for (const server of [dropping, silent, nonsense]) server.close();
  });

  it("limits the time of the whole answer, not only of its beginning", async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("."), 20);
      response.once("close", () => clearInterval(drip));
    });
    const port = await portOf(server);
    const dripping = request(`http://127.0.0.1:${port}/`, { timeoutSeconds: 0.3 });
    await expect(dripping).rejects.toMatchObject({ reason: "timeout", sent: true });
    server.closeAllConnections();
    server.close();
  });

  it("uses a connection of its own every time, and follows no redirect", async () => {
    const sockets = new Set<unknown>();
    const server = createServer((incoming, response) => {
      sockets.add(incoming.socket);
      response.writeHead(307, { location: "/again" }).end();
    });
    const port = await portOf(server);
    for (let n = 0; n < 3; n += 1) expect((await request(`http://127.0.0.1:${port}/`)).status).toBe(307);
    expect(sockets.size).toBe(3);
    server.close();
  });
});
