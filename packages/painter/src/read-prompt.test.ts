import { describe, expect, it } from "vitest";
import { readPrompt } from "./read-prompt";

const read = (prompt: string) => readPrompt(prompt, 1);

describe("readPrompt", () => {
  it.each([
    ["A lighthouse on a rocky coast at sunset", "coast", "dusk", ["lighthouse"]],
    ["two cats sleeping in a living room", "room", undefined, ["cat"]],
    ["City skyline at midnight, neon", "city", "night", []],
    ["ein Leuchtturm am Meer", "sea", undefined, ["lighthouse"]],
    ["une voiture rouge dans le désert", "desert", undefined, ["car"]],
    ["海と船", "sea", undefined, ["boat"]],
    ["a horse", "meadow", undefined, ["horse"]],
    ["hope", "abstract", undefined, []],
    ["palm trees on a beach", "coast", undefined, ["palm"]],
    ["carpet and catalogue", "abstract", undefined, []],
    ["mountain lake at sunrise", "lake", "dawn", []],
    ["a whale in the clouds", "clouds", undefined, ["whale"]],
    ["a whale", "underwater", undefined, ["whale"]],
    ["sneaker floating in the desert", "desert", undefined, []],
    ["a cup of coffee in a kitchen", "studio", undefined, []],
    ["a cat on a windowsill", "room", undefined, ["cat"]],
    ["space station", "space", undefined, ["station"]],
  ])("%s", (prompt, setting, time, subjects) => {
    const brief = read(prompt);
    expect(brief.setting).toBe(setting);
    expect(brief.subjects).toEqual(subjects);
    if (time) expect(brief.time).toBe(time);
  });

  it("reads weather, mood, colour and shot", () => {
    const brief = read("Moody aerial view of a foggy forest, teal and orange, black-and-white");
    expect(brief).toMatchObject({ weather: "fog", moods: ["dark"], shot: "high", monochrome: true });
    expect(brief.hues).toEqual(expect.arrayContaining([180, 26]));
  });

  it("leaves the colour of a thing out of the light", () => {
    expect(read("a red vintage car on a coast road").hues).toEqual([]);
    expect(read("a car under a red sky on the coast").hues).toEqual([2]);
    expect(read("a red sneaker").hues).toEqual([2]);
  });

  it("gives the same brief for the same seed and another framing for others", () => {
    expect(readPrompt("a field", 3).seed).toBe(readPrompt("a field", 3).seed);
    const shots = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9].map((seed) => readPrompt("a field", seed).shot));
    expect(shots.size).toBeGreaterThan(1);
  });
});
