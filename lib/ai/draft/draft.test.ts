import { describe, expect, it } from "vitest";
import { provider } from "../index";

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
});
