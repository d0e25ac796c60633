import { once } from "node:events";
import { type ClientRequest, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { boundForms } from "./bound-forms";
import { FORM_BYTES } from "./form-schema";

const heard: { url?: string; bytes: number }[] = [];
const server = createServer((incoming, response) => {
  const one = { url: incoming.url, bytes: 0 };
  heard.push(one);
  incoming.on("data", (chunk: Buffer) => {
    one.bytes += chunk.length;
  });
  incoming.on("end", () => response.end("taken"));
  incoming.on("error", () => undefined);
});
boundForms();
let port = 0;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  heard.length = 0;
});

const call = (path: string, headers: Record<string, string | number> = {}): ClientRequest =>
  request({ port, host: "127.0.0.1", method: "POST", path, headers: { "next-action": "x", ...headers } });
async function answerOf(sent: ClientRequest): Promise<{ status?: number; type?: string; text: string }> {
  const [incoming] = (await once(sent, "response")) as [IncomingMessage];
  let text = "";
  for await (const chunk of incoming) text += chunk;
  return { status: incoming.statusCode, type: incoming.headers["content-type"], text };
}
const REFUSED = {
  status: 413,
  type: "text/plain",
  text: "This is longer than 256 kB. Send less at once.\n",
};

it("hangs up on whoever goes on for long after the answer", async () => {
  const lengths: Record<string, number>[] = [{ "content-length": 4_000_000_000 }, {}];
  for (const headers of lengths) {
    const sent = call("/w/studio", headers).on("error", () => undefined);
    const answered = answerOf(sent);
    const closed = once(sent, "close");
    const chunk = Buffer.alloc(1024 * 1024, "[");
    for (let n = 0; n < 64 && !sent.destroyed; n++) {
      if (!sent.write(chunk)) await Promise.race([closed, once(sent, "drain").catch(() => undefined)]);
    }
    expect(await answered).toEqual(REFUSED);
    await closed;
  }
});

it("refuses a form by the length that it says, before anybody hears of it", async () => {
  for (const length of [FORM_BYTES + 1, 4_000_000_000]) {
    const sent = call("/w/studio", { "content-length": length }).on("error", () => undefined);
    sent.write("[");
    expect(await answerOf(sent)).toEqual(REFUSED);
    sent.destroy();
  }
  expect(heard).toEqual([]);
});

it("lets a browser finish what is only a little too long", async () => {
  const sent = call("/w/studio", { "content-length": FORM_BYTES * 2 });
  sent.end("[".repeat(FORM_BYTES * 2));
  expect(await answerOf(sent)).toEqual(REFUSED);
});

it("refuses one that says no length where it becomes too long, and hands nothing more on", async () => {
  const sent = call("/w/studio").on("error", () => undefined);
  const chunk = Buffer.alloc(64 * 1024, "[");
  const answered = answerOf(sent);
  for (let n = 0; n < 5; n++) sent.write(chunk);
  expect(await answered).toEqual(REFUSED);
  sent.end();
  if (!sent.destroyed) await once(sent, "close");
  expect(heard[0]?.bytes).toBeLessThanOrEqual(FORM_BYTES);
});

it("takes forms up to the limit, and whatever goes to an endpoint", async () => {
  const form = "[".repeat(FORM_BYTES);
  for (const [path, headers] of [
    ["/w/studio", { "content-length": FORM_BYTES }],
    ["/w/studio", {}],
  ] as const) {
    const sent = call(path, headers);
    sent.write(form.slice(1));
    sent.end("[");
    expect(await answerOf(sent)).toMatchObject({ status: 200, text: "taken" });
  }
  const sent = call("/api/w/studio/uploads");
  sent.write(form);
  sent.end(form);
  expect(await answerOf(sent)).toMatchObject({ status: 200 });
  expect(heard.map(({ bytes }) => bytes)).toEqual([FORM_BYTES, FORM_BYTES, 2 * FORM_BYTES]);
});
