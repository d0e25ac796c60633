import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase } from "vitest/node";

/** Writes the names of the tests that passed only at their second try beside the results; vitest's JSON hides them. */
export default class SecondTries implements Reporter {
  private readonly names: string[] = [];

  constructor(private readonly options: { resultsFile: string }) {}

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    const { resultsFile } = this.options;
    mkdirSync(dirname(resultsFile), { recursive: true });
    writeFileSync(resultsFile.replace(/\.json$/, ".second-tries.txt"), this.names.join("\n"));
  }
}
