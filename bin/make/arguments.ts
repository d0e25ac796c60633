import { parseArgs } from "node:util";
import { AppError } from "@/lib/errors";
import { PIPELINES, Pipeline } from "@/lib/jobs/schema";

export type Arguments = {
  pipeline: Pipeline;
  /** The order, a JSON file. */
  inputFile: string;
  /** The folder that results are copied to. */
  out: string;
  json: boolean;
  /** Pass the gates that cost nothing: the first option is taken. */
  approve: boolean;
};

const USAGE = "npm run -s make -- <pipeline> <input.json> --out DIR [--json] [--approve]";

export function parseArguments(argv: string[]): Arguments {
  const { values, positionals } = parse(argv);
  const [name, inputFile, ...rest] = positionals;
  if (!name || !inputFile || rest.length > 0) throw usage("A pipeline and one input file are needed.");
  const pipeline = Pipeline.safeParse(name);
  if (!pipeline.success) {
    throw new AppError("bad_input", `There is no pipeline “${name}”.`, {
      action: `Choose one of: ${PIPELINES.join(", ")}.`,
    });
  }
  const { json = false, approve = false, out = `out/${name}` } = values;
  return { pipeline: pipeline.data, inputFile, out, json, approve };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: { out: { type: "string" }, json: { type: "boolean" }, approve: { type: "boolean" } },
    });
  } catch (cause) {
    throw usage((cause as Error).message.split(".")[0] ?? "", cause);
  }
}

function usage(message: string, cause?: unknown): AppError {
  return new AppError("bad_input", message, { action: USAGE, cause });
}
