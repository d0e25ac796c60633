import { readdirSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { CAPABILITY_NAMES, type Capability } from "./index";
import type { Facts, MediaInput } from "./shape";

const NOT_ONE = ["index.ts", "shape.ts"];

it("every file of the folder has its line in the table, under its own name", () => {
  const files = readdirSync("lib/ai/capabilities").filter(
    (name) => !NOT_ONE.includes(name) && !name.endsWith(".test.ts"),
  );
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  expect(CAPABILITY_NAMES.map((name) => `${kebab(name)}.ts`).sort()).toEqual(files.sort());
});

/** One more capability, as its file would declare it. */
type Hum = { lines: string[]; like: { voice: MediaInput; other: MediaInput[] } };
const hum: Facts<Hum, { bars: number }> = {
  word: "Humming",
  makes: null,
  size: ({ lines }) => ({ character: lines.join("").length }),
  read: (text) => ({ bars: Number(text) }),
};

describe("one more capability needs no other list:", () => {
  vi.doMock("./index", async (original) => {
    const table = await original<typeof import("./index")>();
    return {
      ...table,
      CAPABILITIES: { ...table.CAPABILITIES, hum },
      CAPABILITY_NAMES: [...table.CAPABILITY_NAMES, "hum"],
      factsOf: (name: string) => (name === "hum" ? hum : table.factsOf(name)),
    };
  });
  const name = "hum" as Capability;

  it("it can be chosen a model for, under its heading", async () => {
    const { ModelChoiceForm } = await import("@/lib/workspaces/schema");
    const { CAPABILITIES } = await import("@/lib/ai/schema");
    expect(ModelChoiceForm.parse({ capability: "hum", model: null }).capability).toBe("hum");
    expect(ModelChoiceForm.safeParse({ capability: "whistle", model: null }).success).toBe(false);
    expect(CAPABILITIES[name].word).toBe("Humming");
  });

  it("its models are written as rows, and priced by what it counts", async () => {
    const { rowsOf } = await import("../models");
    const { quoteModel } = await import("../quote");
    const row = { label: "Hummer", note: "Hums.", seconds: 5 };
    const model = rowsOf("draft").model(name, "hummer", { ...row, parts: { character: [0.001, 0.002] } });
    const size = hum.size({ lines: ["la", "lala"], like: { voice: { assetId: "asset_v" }, other: [] } });
    expect(quoteModel(model, size)).toEqual({ lowMicros: 6000, highMicros: 12_000, seconds: 5 });
  });

  it("its media are found and handed over, wherever they lie in its input", async () => {
    const { sourcesOf, sizeOf, replaceAssets } = await import("@/lib/studio/ask");
    const input = { lines: ["la"], like: { voice: { assetId: "asset_v" }, other: [{ assetId: "asset_o" }] } };
    const ask = { capability: name, model: "draft:hummer", outputRole: "hum", input } as never;
    expect(sourcesOf(ask)).toEqual(["asset_v", "asset_o"]);
    expect(sizeOf(ask)).toEqual({ character: 2 });
    expect(await replaceAssets(input, async ({ assetId }) => `the bytes of ${assetId}`)).toEqual({
      lines: ["la"],
      like: { voice: "the bytes of asset_v", other: ["the bytes of asset_o"] },
    });
  });
});
