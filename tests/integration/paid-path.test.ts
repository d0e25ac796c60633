import "../faults/mocks";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { scenarios } from "../faults/scenarios";
import { openStage, PICTURE_ID, type Stage } from "../faults/stage";
import { walk } from "../faults/walk";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const walked = scenarios(PICTURE_ID).filter(({ provider }) => ["replicate"].includes(provider));

/**
 * Every statement of the paid path breaks down once in every way that it can: the answer to a commit is lost, the
 * disk is full, the process dies. However it was, each order is paid for once, charged as billed, and has an end.
 * `npm run test:walk` tries all of them, every other run a third.
 */
describe("the paid path", () => {
  it.each(walked)("$name", { timeout: 900_000 }, async (scenario) => {
    const { statements, trials, faults } = await walk(stage, scenario, inject("share"));
    expect(faults, `of ${trials} breakdowns`).toEqual([]);
    expect(statements.length).toBeGreaterThan(15);
    expect(trials).toBeGreaterThanOrEqual(statements.length);
  });
});
