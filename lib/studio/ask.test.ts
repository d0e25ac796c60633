import { describe, expect, it } from "vitest";
import { type Ask, quoteAsk, readAsk, sizeOf, sourcesOf } from "./ask";

const image = { assetId: "asset_1" };
const film: Ask = {
  capability: "animateImage",
  model: "replicate:wan-video/wan-2.2-i2v-fast",
  outputRole: "film",
  input: { image, prompt: "in", durationSeconds: 5, ratio: "16:9", seed: 1 },
};

describe("an ask", () => {
  it("tells its sources and its size", () => {
    expect(sourcesOf(film)).toEqual(["asset_1"]);
    expect(sizeOf(film)).toEqual({ durationSeconds: 5 });
    expect(quoteAsk(film)).toMatchObject({ lowMicros: 50_000, highMicros: 150_000 });
  });

  it("comes back from its row as it was", () => {
    expect(readAsk(JSON.parse(JSON.stringify(film)))).toEqual(film);
  });

  it("is read as Kinora 0.1 has stored it", () => {
    const { image: _image, ...plain } = film.input;
    expect(readAsk({ ...film, input: { ...plain, assetId: "asset_1" } })).toEqual(film);
    const reading = { capability: "analyseImage", model: "openai:gpt-6-luna", outputRole: "reading" };
    expect(readAsk({ ...reading, input: { assetId: "asset_2", atSeconds: 1.5 } })).toEqual({
      ...reading,
      input: { image: { assetId: "asset_2", atSeconds: 1.5 } },
    });
    const still = { capability: "generateImage", model: "draft:storyboard", outputRole: "still" };
    const asked = { prompt: "a buoy", ratio: "1:1", count: 2, seed: 3 };
    expect(readAsk({ ...still, input: { ...asked, referenceIds: ["asset_3"] } })).toEqual({
      ...still,
      input: { ...asked, references: [{ assetId: "asset_3" }] },
    });
  });
});
