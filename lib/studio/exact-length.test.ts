import { expect, it } from "vitest";
import { exactly } from "./exact-length";

async function* send(...lengths: number[]) {
  for (const length of lengths) yield new Uint8Array(length);
}
async function count(body: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.length;
  return bytes;
}

it("passes on what was announced", async () => {
  expect(await count(exactly(send(3, 4), 7))).toBe(7);
});

it("stops at the first byte too many, without reading on", async () => {
  let sent = 0;
  async function* endless() {
    while (true) {
      sent += 10;
      yield new Uint8Array(10);
    }
  }
  await expect(count(exactly(endless(), 25))).rejects.toMatchObject({ code: "bad_input" });
  expect(sent).toBe(30);
});

it("does not take less, nor a connection that broke", async () => {
  await expect(count(exactly(send(3), 4))).rejects.toThrow("broke off");
  async function* broken() {
    yield new Uint8Array(4);
    throw new Error("ECONNRESET");
  }
  await expect(count(exactly(broken(), 4))).rejects.toMatchObject({
    code: "bad_input",
    cause: expect.objectContaining({ message: "ECONNRESET" }),
  });
});
