import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { checkDigest } from "./content-digest";

async function* body(text: string) {
  yield Buffer.from(text.slice(0, 2));
  yield Buffer.from(text.slice(2));
}
async function read(text: string, header: string | null): Promise<string> {
  let read = "";
  for await (const chunk of checkDigest(body(text), header)) read += Buffer.from(chunk);
  return read;
}
const digestOf = (text: string) => `sha-256=:${createHash("sha256").update(text).digest("base64")}:`;

it("passes what its digest stands for, and what has none that is known", async () => {
  for (const header of [null, "", "md5=:AAAA:", digestOf("film"), `sha-512=:AA==:, ${digestOf("film")}`]) {
    expect(await read("film", header)).toBe("film");
  }
});

it("refuses, at its end, what was changed on its way", async () => {
  await expect(read("fiIm", digestOf("film"))).rejects.toMatchObject({
    code: "bad_input",
    retryAfterSeconds: 1,
  });
});
