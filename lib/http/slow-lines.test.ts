import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { allowSlowLines } from "./slow-lines";

/** Sends a body of three bytes, one every 400 ms, to a server that allows 500 ms for it. */
async function sendSlowly(): Promise<number | undefined> {
  const server = createServer({ connectionsCheckingInterval: 50 }, (incoming, answer) => {
    incoming.once("error", () => answer.destroy());
    incoming.once("end", () => answer.end("taken")).resume();
  });
  server.requestTimeout = 500;
  server.headersTimeout = 500;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    const sent = request({ port, host: "127.0.0.1", method: "PUT" });
    const answered = once(sent, "response").then(([response]) => response.resume().statusCode as number);
    const [status] = await Promise.all([
      answered.catch(() => undefined),
      (async () => {
        for (let byte = 0; byte < 3; byte++) {
          if (!sent.destroyed) sent.write("x");
          await sleep(400);
        }
        sent.end();
      })(),
    ]);
    return status;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it("lets a body take longer than Node does by itself", async () => {
  expect(await sendSlowly()).not.toBe(200);
  allowSlowLines(60_000);
  expect(await sendSlowly()).toBe(200);
});
