import { describe, expect, it } from "vitest";
import { readAnalysis } from "./analysis";

const WHOLE = { description: "A pier.", tags: ["Pier"], palette: ["#336699"], suggestedMotion: "Push in." };

describe("what a model wrote about a picture", () => {
  it.each([
    ["as asked for", JSON.stringify(WHOLE)],
    ["fenced", `\`\`\`json\n${JSON.stringify(WHOLE)}\n\`\`\``],
    ["with a word before it", `Here it is: ${JSON.stringify(WHOLE)}`],
  ])("is read %s", (_how, text) => {
    expect(readAnalysis(text)).toEqual({ ...WHOLE, tags: ["pier"] });
  });

  it.each([
    ["no tags", { description: "A pier." }],
    ["tags that are none", { ...WHOLE, tags: "pier", palette: 7, suggestedMotion: null }],
    [
      "odd entries among them",
      { ...WHOLE, tags: [null, 3, { a: 1 }], palette: [["#336699"]], suggestedMotion: {} },
    ],
  ])("is read with %s, for it is paid for", (_what, odd) => {
    expect(readAnalysis(JSON.stringify(odd))).toMatchObject({
      description: "A pier.",
      tags: [],
      palette: [],
    });
  });

  it("holds nothing that a database refuses, and no endless text", () => {
    const dirty = {
      ...WHOLE,
      description: `A\u0000 pier\ud800.${"x".repeat(200_000)}`,
      tags: ["a\u0000b", "\udc00"],
    };
    const { description, tags } = readAnalysis(JSON.stringify(dirty));
    expect(description).toHaveLength(4000);
    for (const text of [description, ...tags]) {
      expect(text).not.toContain("\u0000");
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it.each(["", "I cannot.", "{", "[]", "null", '{"description": 7}', '{"description": " \\u0000 "}'])(
    "is named when there is no description to be found: %s",
    (text) => {
      expect(() => readAnalysis(text)).toThrowError(
        expect.objectContaining({
          code: "provider_answer",
          retry: "never",
          action: expect.stringContaining("New take"),
        }),
      );
    },
  );
});
