import { existsSync } from "node:fs";
import { type ActionResult, AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { ProgramFailure, runProgram } from "@/lib/media";
import type { Survey, surveyFile } from "./survey";

/** The build puts the program beside server.js; elsewhere its source runs. */
const BUILT = "dist/survey.mjs";
/** Every look within has a limit of its own; this one is for what nobody thought of. */
const TIME_LIMIT_SECONDS = 900;

/**
 * `surveyFile` in a process that ends with the file: a hundred megabytes of pixels, or a decoder that falls over what
 * a stranger sent, are not the web server's.
 */
export const surveyApart: typeof surveyFile = async (path, filename, folder, sender) => {
  const program = existsSync(BUILT) ? [BUILT] : ["--import", "tsx", "bin/survey.ts"];
  const { stdout } = await runProgram(process.execPath, program, {
    stdin: [Buffer.from(JSON.stringify({ path, filename, folder, sender }))],
    timeLimitSeconds: TIME_LIMIT_SECONDS,
  }).catch((thrown: unknown) => {
    throw thrown instanceof ProgramFailure && thrown.status === null ? brokeOff(filename, thrown) : thrown;
  });
  const answer = JSON.parse(stdout.toString("utf8")) as ActionResult<Survey>;
  if (answer.ok) return answer.value;
  throw new AppError(answer.error.code, answer.error.message, answer.error);
};

function brokeOff(filename: string, cause: ProgramFailure): AppError {
  log.warn({ err: cause }, "a file took the program down that looked at it");
  return new AppError("media_failed", `${filename}: Looking at this file broke off.`, {
    action: "Try again. If it breaks off again, export the file anew or make it smaller.",
    cause,
  });
}
