import { describe, expect, it } from "vitest";
import { provider } from "../index";
import { draw } from "./testing";

const draft = provider("draft");

describe("the draft provider", () => {
  it("is free, labelled, ready, and keeps no operations", async () => {
    for (const model of draft.models) {
      expect(model.price.length).toBeGreaterThan(0);
      for (const part of model.price) expect(part).toMatchObject({ lowMicros: 0, highMicros: 0 });
      expect(model.provider).toBe("draft");
    }
    expect(draft.configured()).toBe(true);
    expect(await draft.check(new AbortController().signal)).toMatchObject({ state: "ok" });
    const operation = {
      provider: "draft" as const,
      id: "x",
      model: "draft:camera",
      capability: "animateImage" as const,
    };
    expect(await draft.look(operation, new AbortController().signal)).toMatchObject({
      state: "failed",
      costMicros: 0,
    });
  });

  it("draws as many pictures as asked, each with the next seed", async () => {
    const { pictures, seed } = await draw("silk", { count: 3, seed: 40 });
    expect(seed).toBe(40);
    expect(pictures).toHaveLength(3);
    expect((pictures[1] as Buffer).equals((await draw("silk", { seed: 41 })).pictures[0] as Buffer)).toBe(
      true,
    );
  });
});
