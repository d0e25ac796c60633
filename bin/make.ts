import { toRecord } from "@/lib/errors";
import { migrateDatabase, openDatabase } from "./database";
import { configure, loadEnvironment } from "./environment";
import { keepSecrets, prepareHome } from "./home";
import { type Arguments, parseArguments } from "./make/arguments";
import { jsonReport, type Report, type Result, terminalReport } from "./make/report";
import { explain } from "./terminal";

/** Runs a pipeline without a browser. Exit status: 0 completed, 1 failed or paused, 2 refused. */
const json = process.argv.includes("--json");
const begun = Date.now();
const ending = new AbortController();
process.once("SIGINT", () => ending.abort());
process.once("SIGTERM", () => ending.abort());

try {
  const args = parseArguments(process.argv.slice(2));
  const report = args.json ? jsonReport : terminalReport();
  const result = await makeWithDatabase(args, report);
  report.done(result);
  process.exit(result.status === "completed" ? 0 : 1);
} catch (thrown) {
  const error = toRecord(thrown);
  const seconds = (Date.now() - begun) / 1000;
  if (json) jsonReport.done({ job: null, status: "failed", outputs: [], costMicros: 0, seconds, error });
  else process.stderr.write(explain(thrown));
  const refused = error.code === "bad_input" || error.code === "media_invalid";
  process.exit(refused ? 2 : 1);
}

async function makeWithDatabase(args: Arguments, report: Report): Promise<Result> {
  // Before anything else is loaded: the log reads its level once.
  process.env.LOG_LEVEL ||= "error";
  const config = loadEnvironment();
  const { readOrder } = await import("./make/read-order");
  const { prepareOut } = await import("./make/outputs");
  const order = await readOrder(args.inputFile, args.pipeline);
  const out = await prepareOut(args.out);
  const home = await prepareHome(config.KINORA_HOME);
  const { authSecret } = await keepSecrets(home);
  const database = await openDatabase(home.folder, config.DATABASE_URL);
  try {
    await migrateDatabase(database.url);
    configure({
      KINORA_HOME: home.folder,
      DATABASE_URL: database.url,
      AUTH_SECRET: config.AUTH_SECRET ?? authSecret,
    });
    const { make } = await import("./make/run");
    return await make(args, { order, out, report, signal: ending.signal });
  } finally {
    await database.embedded?.stop();
  }
}
