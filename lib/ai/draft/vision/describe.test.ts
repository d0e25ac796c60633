import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readAnalysis } from "../../analysis";
import { asInput, make } from "../testing";

describe("draft analysis", () => {
  const analyse = async (bytes: Buffer) => {
    const { text } = await make({
      capability: "analyseImage",
      model: "draft:measure",
      input: { image: asInput(bytes) },
    });
    return readAnalysis(text ?? "");
  };

  it("measures light, colours and where the eye goes", async () => {
    const spot = await sharp({ create: { width: 90, height: 90, channels: 3, background: "#ffd9a0" } })
      .png()
      .toBuffer();
    const picture = await sharp({ create: { width: 640, height: 360, channels: 3, background: "#14213f" } })
      .composite([{ input: spot, left: 500, top: 30 }])
      .png()
      .toBuffer();
    const found = await analyse(picture);
    expect(found.description).toMatch(/dark.*cool.*navy/);
    expect(found.description).toMatch(/upper right/);
    expect(found.suggestedMotion).toMatch(/push in towards the upper right/);
    expect(found.palette[0]).toBe("#14213f");
    expect(found.tags).toEqual(expect.arrayContaining(["dark", "navy", "landscape format"]));
    expect(found.tags.length).toBeGreaterThanOrEqual(3);
    expect(found.tags.length).toBeLessThanOrEqual(12);
  });

  it("finds a horizon and a mirror image", async () => {
    const sky = await sharp({ create: { width: 600, height: 260, channels: 3, background: "#cfe0f0" } })
      .png()
      .toBuffer();
    const picture = await sharp({ create: { width: 600, height: 400, channels: 3, background: "#3a4a2a" } })
      .composite([{ input: sky, left: 0, top: 0 }])
      .png()
      .toBuffer();
    const found = await analyse(picture);
    expect(found.description).toMatch(/level line divides it a third from the bottom/);
    expect(found.tags).toEqual(expect.arrayContaining(["horizon", "symmetrical"]));
  });

  it("says when there is no colour", async () => {
    const grey = await sharp({ create: { width: 300, height: 300, channels: 3, background: "#888" } })
      .png()
      .toBuffer();
    const found = await analyse(grey);
    expect(found.tags).toContain("monochrome");
    expect(found.description).toMatch(/colourless/);
  });
});
