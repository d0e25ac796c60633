import { createServer, type IncomingMessage, request as openRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { BODY_BYTES, readJson, readText } from "./body";
import { endpoint } from "./endpoint";

/** A body that never ends by itself; tells how much of it was taken. */
function flood(byte = "[") {
  const chunk = new TextEncoder().encode(byte.repeat(16 * 1024));
  const taken = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken.bytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  return { taken, body };
}

const ask = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://localhost:3000/api/x", {
    method: "POST",
    body,
    headers,
    duplex: "half",
  } as RequestInit);
const door = endpoint(async (request: Request) => Response.json(await readJson(request)));
const status = async (request: Request) => (await door(request, undefined)).status;

it("takes no more of an endless body than its limit, and closes the connection", async () => {
  const { taken, body } = flood();
  const answer = await door(ask(body), undefined);
  expect(answer.status).toBe(413);
  expect(answer.headers.get("connection")).toBe("close");
  expect(taken.bytes).toBeLessThan(2 * BODY_BYTES);
});

it("reads nothing of a body that says it is too long", async () => {
  const { taken, body } = flood();
  const request = ask(body, { "content-length": String(400_000_000) });
  await expect(readText(request)).rejects.toMatchObject({ code: "too_large" });
  expect(taken.bytes).toBeLessThanOrEqual(16 * 1024);
});

it.each([
  ["deep nesting", "[".repeat(33) + "]".repeat(33)],
  ["unclosed nesting", "[".repeat(60_000)],
  ["NUL in a string", '{"name":"a\\u0000b"}'],
  ["NUL in a key", '{"a\\u0000b":1}'],
  ["half an emoji", '{"name":"\\ud83d"}'],
  ["a NUL between", '{"a":1}\0'],
  ["nothing", ""],
  ["bytes that are no text", new Uint8Array([0x22, 0xff, 0x22])],
])("answers 400 for %s", async (_, body) => {
  expect(await status(ask(body))).toBe(400);
});

it("takes brackets in strings, and 32 levels", async () => {
  expect(await status(ask(JSON.stringify({ text: '"['.repeat(100) })))).toBe(200);
  expect(await status(ask("[".repeat(32) + "]".repeat(32)))).toBe(200);
});

it.each(["/api/%ff", "/api/%", "/api/a%00b", "/api/x?q=%00", "/api/x?q=%ff", "/api/x?q=%E0%A4%A"])(
  "answers 400 for the address %s",
  async (path) => {
    expect(await status(new Request(`http://localhost:3000${path}`))).toBe(400);
  },
);

it.each([
  [{ "sec-fetch-site": "cross-site" }, 403],
  [{ "sec-fetch-site": "same-site" }, 403],
  [{ origin: "https://elsewhere.example" }, 403],
  [{ origin: "null" }, 403],
  [{ "sec-fetch-site": "same-origin", origin: "http://localhost:3000" }, 200],
  [{ origin: "http://localhost:3000" }, 200],
  [{}, 200],
])("lets a change in by where it was asked for: %o", async (headers, expected) => {
  expect(await status(ask("{}", headers as Record<string, string>))).toBe(expected);
});

/** The door behind a real socket, with the body as Next passes it on. */
async function listen(): Promise<number> {
  const server = createServer(async (incoming, outgoing) => {
    const init = { method: "POST", body: incoming as unknown as BodyInit, duplex: "half" } as RequestInit;
    const answer = await door(new Request("http://localhost:3000/api/x", init), undefined);
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.closeAllConnections());
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it("tells the sender of a body without end why it is refused, and hangs up", async () => {
  const sender = openRequest({ host: "127.0.0.1", port: await listen(), method: "POST" });
  const hungUp = new Promise((resolve) => sender.on("close", resolve));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sender.on("response", resolve);
    sender.on("error", reject);
  });
  const chunk = Buffer.alloc(40 * 1024, "[");
  sender.write(chunk);
  sender.write(chunk);
  const answer = await answered;
  expect(answer.statusCode).toBe(413);
  let text = "";
  for await (const part of answer) text += String(part);
  expect(JSON.parse(text)).toMatchObject({ error: { message: "The request is longer than 64 kB." } });
  await hungUp;
});
