import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Reporter, TestCase } from "vitest/node";

/** Writes the names of the tests that passed only at their second try beside the results; vitest's JSON hides them. */
export class SecondTries implements Reporter {
  private readonly names: string[] = [];

  constructor(private readonly resultsFile: string) {}

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky) this.names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd(): void {
    mkdirSync(dirname(this.resultsFile), { recursive: true });
    writeFileSync(this.resultsFile.replace(/\.json$/, ".second-tries.txt"), this.names.join("\n"));
  }
}
