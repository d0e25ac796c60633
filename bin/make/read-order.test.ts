import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseArguments } from "./arguments";
import { ratioOf } from "./outputs";
import { readOrder } from "./read-order";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-order-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function orderOf(text: string) {
  const file = join(folder, "order.json");
  await writeFile(file, text);
  return readOrder(file, "animated-picture");
}

describe("an order", () => {
  it("is one JSON object", async () => {
    expect(await orderOf('{"prompt": "a fox", "count": 1}')).toEqual({ prompt: "a fox", count: 1 });
    await expect(orderOf("[1]")).rejects.toMatchObject({ code: "bad_input", message: /one JSON object/ });
  });

  it.each([
    ['{\n  "prompt": "a fox"\n  "count": 1\n}', "line 3, column 3"],
    ['{\n  "prompt": "a fox",\n}', "line 3, column 1"],
    ['{\n  "prompt": "a fox"', "line 2, column 20"],
    ["", "line 1, column 1"],
  ])("that is not JSON is refused with the place: %j", async (text, place) => {
    await expect(orderOf(text)).rejects.toMatchObject({
      code: "bad_input",
      message: expect.stringContaining(place),
    });
  });

  it("with a field that does not exist is refused with those that do", async () => {
    await expect(orderOf('{"promt": "a fox"}')).rejects.toMatchObject({
      message: "“promt” is not a field of animated-picture.",
      action: expect.stringMatching(/prompt.*picture/),
    });
  });

  it("that is missing is said to be", async () => {
    await expect(readOrder(join(folder, "none.json"), "animated-picture")).rejects.toMatchObject({
      code: "bad_input",
      message: /none\.json does not exist/,
    });
    await expect(readOrder(folder, "animated-picture")).rejects.toMatchObject({ message: /is a folder/ });
  });
});

describe("the arguments", () => {
  it("are a pipeline, a file and options", () => {
    expect(parseArguments(["animated-picture", "a.json", "--out", "films", "--json"])).toEqual({
      pipeline: "animated-picture",
      inputFile: "a.json",
      out: "films",
      json: true,
      approve: false,
    });
  });

  it.each([
    [["sculpture", "a.json"], /no pipeline “sculpture”/],
    [["animated-picture"], /input file/],
    [["animated-picture", "a.json", "--fast"], /--fast/],
  ])("are refused clearly: %j", (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message);
  });
});

describe("a ratio", () => {
  it("is the nearest that people order", () => {
    expect(ratioOf({ width: 1280, height: 720 })).toBe("16:9");
    expect(ratioOf({ width: 1365, height: 768 })).toBe("16:9");
    expect(ratioOf({ width: 1000, height: 300 })).toBe("1000:300");
    expect(ratioOf({ width: null, height: null })).toBeNull();
  });
});
