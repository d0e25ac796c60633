import { describe, expect, it } from "vitest";
import { planCamera } from "./camera-path";
import { readMotion } from "./read-motion";

const kinds = (prompt: string) => readMotion(prompt, 1).moves.map((move) => move.kind);

describe("readMotion", () => {
  it.each([
    ["Slow push in towards the light", ["push in"]],
    ["the camera pulls back to reveal the valley", ["pull out"]],
    ["zoom out", ["pull out"]],
    ["pan left", ["pan left"]],
    ["camera pans slowly to the right", ["pan right"]],
    ["tilt up to the sky", ["tilt up"]],
    ["tilt down", ["tilt down"]],
    ["truck left", ["truck left"]],
    ["Slow orbit left with gentle parallax", ["orbit left"]],
    ["handheld", ["handheld"]],
    ["static shot", ["hold"]],
  ])("%s", (prompt, moves) => {
    expect(kinds(prompt)).toEqual(moves);
  });

  it("takes a quiet move where none is named, and says the same for the same seed", () => {
    expect(readMotion("beautiful", 4)).toEqual(readMotion("beautiful", 4));
    expect(readMotion("beautiful", 4).moves).toHaveLength(1);
  });

  it("reads pace and what floats in the air", () => {
    expect(readMotion("fast pan left in the rain", 1)).toMatchObject({
      overlays: ["rain"],
      moves: [{ amount: 1.45 }],
    });
    expect(readMotion("slow push in, drifting dust", 1).overlays).toEqual(["dust"]);
  });
});

describe("planCamera", () => {
  it("begins and ends softly and never jumps", () => {
    const poses = planCamera(readMotion("pan right", 1), 5, 120);
    const steps = poses.slice(1).map((pose, at) => pose.x - (poses[at]?.x ?? 0));
    const middle = steps[60] ?? 0;
    expect(steps[0]).toBeLessThan(middle * 0.2);
    expect(steps.at(-1)).toBeLessThan(middle * 0.2);
    expect(Math.max(...steps)).toBeLessThan(middle * 1.02);
  });
});
