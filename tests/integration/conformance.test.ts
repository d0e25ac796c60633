import { embeddedEngine, REFUSED, runCases, runRefusals } from "@kinora/inngest-postgres/conformance";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../conformance/server";
import { createDatabase, type TestDatabase } from "../support/database";
import { findServer } from "../support/inngest-server";

/** Long enough for the cron case, which waits for the next full minute. */
const TIMEOUT_MS = 240_000;

describe("the conformance suite", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());

  it("passes on the embedded engine, which refuses what it does not do", {
    timeout: TIMEOUT_MS,
  }, async () => {
    const engine = embeddedEngine(database.url);
    const report = await runCases("embedded", engine).finally(() => engine.stop());
    await runRefusals(database.url, report);
    expect(report.reasons).toEqual({});
    expect(report.passed).toBe(report.cases);
    expect(report.refused).toEqual(REFUSED.map(({ name }) => name));
  });

  const bin = findServer();
  if (!bin)
    console.warn("NOT RUN: the conformance suite on a real Inngest server; set INNGEST_BIN to run it.");
  it.skipIf(!bin)("passes on a real Inngest server", { timeout: TIMEOUT_MS }, async () => {
    const engine = await startServer(bin ?? "");
    const report = await runCases("inngest", engine).finally(() => engine.stop());
    expect(report.reasons).toEqual({});
    expect(report.passed).toBe(report.cases);
  });
});
