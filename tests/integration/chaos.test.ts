import { expect, it } from "vitest";
import { runChaos } from "../chaos/run";

const SEED = 11;

/**
 * The short form of `npm run chaos`, which a failing seed can be replayed with (`--storm 25`). In so short a storm
 * nothing can fail four times in a row, which would be followed by a pause of 90 s.
 */
it("loses nothing and pays nothing twice while everything is being killed", {
  timeout: 400_000,
}, async () => {
  const { kills, jobs, completed, failed, givenUp, reasons, ...counts } = await runChaos({
    jobs: 4,
    seed: SEED,
    stormSeconds: 25,
    limitSeconds: 360,
  });
  expect(kills).toBeGreaterThan(0);
  expect(completed + failed + givenUp, reasons.join("\n")).toBe(jobs);
  expect(counts).toMatchObject({
    lost: 0,
    stuck: 0,
    doubleCharges: 0,
    ledgerDifferences: 0,
    leftoverFiles: 0,
  });
});
