import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callProvider } from "./call";
import type { Party } from "./failures";

const WHO: Party = {
  id: "replicate",
  label: "Replicate",
  keyName: "REPLICATE_API_TOKEN",
  billing: "replicate.com",
  afterLostAnswer: "reconcile",
};
const MEGABYTE = 1024 * 1024;
const server = createServer((request, response) => {
  const isRefusal = request.url === "/refused";
  response.writeHead(isRefusal ? 422 : 200, { "content-type": "application/json" });
  response.end((isRefusal ? "x" : "[").repeat(8 * MEGABYTE));
});
let base = "";
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = (path: string, paid: boolean, read: string[] = []) => {
  const detail = (text: string) => {
    read.push(text);
    return text;
  };
  const call = { who: WHO, paid, timeoutSeconds: 20, signal: AbortSignal.timeout(20_000), detail };
  return callProvider(call, async (fetch) => (await fetch(base + path, { method: "POST" })).json());
};

it.each([
  [true, "answer_lost"],
  [false, "provider_answer"],
])("an answer of nothing but brackets is given to no parser (paid: %s)", async (paid, code) => {
  const error = await ask("/brackets", paid).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code });
  expect(error.cause).toBeUndefined();
});

it("of a refusal without end, only its beginning is read, and shown", async () => {
  const read: string[] = [];
  const error = await ask("/refused", true, read).catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: "provider_input" });
  expect(error.message.length).toBeLessThan(400);
  expect(read.map(({ length }) => length)).toEqual([64 * 1024]);
});
