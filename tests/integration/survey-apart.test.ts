import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { surveyApart } from "@/lib/studio/survey-apart";

const folder = await mkdtemp(join(tmpdir(), "kinora-survey-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The processes that look at a file for this one. */
function listSurveyors(): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const own = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, parent]) => Number(parent) === process.pid);
  return own.filter((words) => words.some((word) => word.endsWith("survey.ts"))).map(([pid]) => Number(pid));
}

it("a file that takes its reader down is refused in words, and takes nothing else", async () => {
  const endless = join(folder, "endless.png");
  // Nobody writes to it: whoever opens it waits.
  execFileSync("mkfifo", [endless]);
  const refused = expect(surveyApart(endless, "endless.png", folder)).rejects.toMatchObject({
    code: "media_failed",
    message: "endless.png: Looking at this file broke off.",
    action: expect.stringMatching(/^Try again\./),
  });
  await vi.waitFor(() => expect(listSurveyors()).toHaveLength(1), 60_000);
  for (const pid of listSurveyors()) process.kill(pid, "SIGKILL");
  await refused;
});

it("a fault of ours is no fault of the file, and says where it lies", async () => {
  const gone = surveyApart(join(folder, "gone.png"), "gone.png", folder);
  await expect(gone).rejects.toThrow(/ended with 1: [\s\S]*ENOENT/);
});
