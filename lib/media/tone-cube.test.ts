import { expect, it } from "vitest";
import { mapColour } from "./tone-cube";

const PQ = { transfer: "pq", primaries: "bt2020", matrix: "bt2020" } as const;
const HLG = { ...PQ, transfer: "hlg" } as const;

it("keeps black black and neutral neutral", () => {
  expect(mapColour([0, 0, 0], PQ)).toEqual([0, 0, 0]);
  for (const colour of [PQ, HLG])
    for (const value of [0.2, 0.5, 0.8]) {
      const [r, g, b] = mapColour([value, value, value], colour);
      expect(Math.abs(r - g)).toBeLessThan(0.002);
      expect(Math.abs(g - b)).toBeLessThan(0.002);
    }
});

it("shows a page as bright as a page, highlights above it, and never turns back", () => {
  // BT.2408: 203 cd/m² is 58 % in PQ and 75 % in HLG.
  expect(mapColour([0.58, 0.58, 0.58], PQ)[0]).toBeGreaterThan(0.88);
  expect(mapColour([0.75, 0.75, 0.75], HLG)[0]).toBeGreaterThan(0.88);
  expect(mapColour([0.752, 0.752, 0.752], PQ)[0]).toBeGreaterThan(0.99);
  let before = -1;
  for (let value = 0; value <= 1; value += 0.01) {
    const [grey] = mapColour([value, value, value], PQ);
    expect(grey).toBeGreaterThanOrEqual(before - 1e-9);
    before = grey;
  }
});

it("stays within the gamut, and leaves ordinary colours as they are", () => {
  for (const value of mapColour([0.1, 0.7, 0.1], PQ)) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1);
  }
  const same = mapColour([0.2, 0.5, 0.8], { transfer: "sdr", primaries: "bt709", matrix: "bt709" });
  for (const [i, value] of [0.2, 0.5, 0.8].entries()) expect(same[i]).toBeCloseTo(value, 5);
});
