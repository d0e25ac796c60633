import { readdir } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

export type BenchOptions = {
  /** The folder a benchmark reads from or writes to, when it needs one. */
  dir?: string;
  /** Which engine it is held on, where it is one of two. */
  engine: "embedded" | "inngest";
};

/** What a file of this folder exports: its figures, with the unit in each name. */
export type Bench = { run(options: BenchOptions): Promise<Record<string, number>> };

const FOLDER = dirname(fileURLToPath(import.meta.url));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      engine: { type: "string", default: "embedded" },
    },
    allowPositionals: true,
  });
  const [name = "", dir] = positionals;
  const names = (await readdir(FOLDER))
    .filter(
      (file) =>
        file.endsWith(".ts") && !["index.ts", "percentile.ts"].includes(file) && !file.endsWith(".test.ts"),
    )
    .map((file) => file.slice(0, -3));
  if (!names.includes(name)) {
    console.error(`Which benchmark? npm run -s bench -- <${names.join("|")}> [DIR] [--json]`);
    process.exit(2);
  }
  const { json, engine } = values;
  if (engine !== "embedded" && engine !== "inngest") {
    console.error("Which engine? --engine embedded, or --engine inngest");
    process.exit(2);
  }
  const bench = (await import(`./${name}.ts`)) as Bench;
  const figures = roundAll(await bench.run({ dir, engine }));
  if (json) console.log(JSON.stringify({ bench: name, machine: describeMachine(), figures }));
  else console.table(figures);
  process.exit(0);
}

function describeMachine(): string {
  const [cpu] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model ?? "unknown"}, ${memoryGb} GB, ${process.platform}, Node ${process.version}`;
}

function roundAll(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, n]) => [name, Number(n.toPrecision(4))]));
}

void main();
