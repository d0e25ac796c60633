import { json } from "node:stream/consumers";
import { type ActionResult, toRecord } from "@/lib/errors";
import type { Sender } from "@/lib/studio/examine-file";
import { type Survey, surveyFile } from "@/lib/studio/survey";

/** Looks at one file for the web server: what to look at comes as JSON on stdin, the answer goes to stdout. */
type Asked = { path: string; filename: string; folder: string; sender?: Sender };
const { path, filename, folder, sender } = (await json(process.stdin)) as Asked;
const answer = await surveyFile(path, filename, folder, sender).then(
  (value): ActionResult<Survey> => ({ ok: true, value }),
  (thrown: unknown): ActionResult<Survey> => {
    const error = toRecord(thrown);
    // A fault of ours ends the program, with all that is known of it on stderr.
    if (error.code === "internal") throw thrown;
    return { ok: false, error };
  },
);
process.stdout.write(JSON.stringify(answer));
